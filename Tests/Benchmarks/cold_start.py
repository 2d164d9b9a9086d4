"""How long a process takes from its start to its first use, beside a Python that imports boto3, in one run.

Usage: cold_start.py FOLDER_OF_THE_PROGRAMS [ROUNDS]. Rounds are interleaved, so that whatever else the machine does falls on
all alike. Ends with 1 when a target is missed.
"""
from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "EndToEnd"))

from support.runtime_api import RuntimeAPI  # noqa: E402

EVENT = HERE.parent / "Fixtures" / "ec2" / "RunInstances.json"
EXPLAIN_MS, EXPLAIN_MB, NEXT_MS = 60, 60, 30
LONGEST_WAIT_SECONDS = 30


def run(arguments: list, environment: dict) -> tuple:
    """Runs a program to its end: milliseconds by the wall, and its peak of resident memory in megabytes."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    took = (time.perf_counter() - start) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))} ended with {process.returncode}: {process.stderr.read().decode()}")
    process.stderr.close()
    return took, usage.ru_maxrss / 1024


def first_next(program: Path, environment: dict) -> tuple:
    """Starts the function: milliseconds until it asks for its first event, and the peak of its memory until then."""
    runtime = RuntimeAPI([])
    start = time.perf_counter()
    process = subprocess.Popen([program], env={**environment, "AWS_LAMBDA_RUNTIME_API": runtime.address})
    asked = runtime.wait_for_first_next(LONGEST_WAIT_SECONDS)
    process.kill()
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    runtime.close()
    if asked is None:
        sys.exit(f"{program} asked for no event within {LONGEST_WAIT_SECONDS} s")
    return (asked - start) * 1000, usage.ru_maxrss / 1024


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 64
    programs = Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) == 3 else 21
    with tempfile.TemporaryDirectory(prefix="autotagger-bench-") as folder:
        environment = {
            "PATH": os.environ.get("PATH", ""), "HOME": folder, "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            "AUTOTAGGER_LEDGER": os.path.join(folder, "ledger.sqlite"),
        }
        subjects = {
            "autotagger explain": lambda: run([programs / "autotagger", "explain", EVENT], environment),
            "autotagger-lambda to first /next": lambda: first_next(programs / "autotagger-lambda", environment),
            "python3 -c 'import boto3'": lambda: run([sys.executable, "-c", "import boto3"], environment),
        }
        # The first round reads the programs from the disk and is not counted.
        samples = {name: [] for name in subjects}
        for count in range(rounds + 1):
            for name, measure in subjects.items():
                sample = measure()
                if count:
                    samples[name].append(sample)
    return report(samples)


def report(samples: dict) -> int:
    times = {name: statistics.median(took for took, _ in all_) for name, all_ in samples.items()}
    peaks = {name: max(peak for _, peak in all_) for name, all_ in samples.items()}
    explain, function, boto3 = times
    print(f"{'median of ' + str(len(samples[explain])) + ' runs':34} {'ms':>7} {'fastest':>8} {'peak MB':>8}  beside boto3")
    for name, took in times.items():
        fastest = min(one for one, _ in samples[name])
        print(f"{name:34} {took:7.1f} {fastest:8.1f} {peaks[name]:8.1f}  {times[boto3] / took:4.1f} times as fast")
    missed = [
        said for is_met, said in (
            (times[explain] <= EXPLAIN_MS, f"explain takes at most {EXPLAIN_MS} ms"),
            (peaks[explain] <= EXPLAIN_MB, f"explain needs at most {EXPLAIN_MB} MB"),
            (times[function] <= NEXT_MS, f"the function asks for its first event within {NEXT_MS} ms"),
        ) if not is_met]
    for said in missed:
        print(f"missed: {said}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
