"""The Lambda function beside the plain boto3 one, in one run, on one fake of Lambda and one instant fake of AWS.

Usage: compare.py FOLDER_OF_THE_PROGRAMS [ROUNDS [EVENTS]]. Measures, as ratios: from the process's start to its first request for
an event, the fastest of all; processor time an event, which is that of many events less that of few, for batches of ten from a
queue, which config/deploy has gathered for up to five seconds, and for one launch an invocation; memory at its peak. Rounds are
interleaved, so that whatever else the machine does falls on both alike. Ends with 1 when a target is missed.

The target is missed for one launch alone. Ours makes four calls where the plain one makes two, since it reads the tags that are
there and gives volumes their instance's id; the kernel, libcurl and SQLite by themselves take nine tenths of what it would leave.
"""
from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
EVENT = HERE.parent.parent / "Fixtures" / "ec2" / "RunInstances.json"
FEW = 50
BATCHES = {"one": 0, "ten": 10}
TARGETS = {"start": 15, "cpu of ten": 8, "cpu of one": 8, "memory": 2}


class Run:
    """One life of a function, over so many events."""

    def __init__(self, server: Path, program: list, environment: dict, events: int, batch: int):
        desk = subprocess.Popen([server, str(events), str(batch), EVENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        runtime, aws = desk.stdout.readline().split()
        environment = {**environment, "AWS_LAMBDA_RUNTIME_API": runtime, "AWS_ENDPOINT_URL": aws}
        start = time.perf_counter()
        function = subprocess.Popen(program, env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        assert desk.stdout.readline() == "next\n"
        self.start = time.perf_counter() - start
        _, _, usage = os.wait4(function.pid, 0)
        function.returncode = 0
        self.wall = time.perf_counter() - start - self.start
        self.cpu = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss / 1024
        desk.stdin.close()
        done = json.loads(desk.stdout.readline())
        desk.wait()
        if done["answers"] != done["invocations"]:
            sys.exit(f"{program} answered {done['answers']} of {done['invocations']} invocations well")
        self.calls = done["calls"]


def main() -> int:
    if len(sys.argv) not in (2, 3, 4):
        print(__doc__, file=sys.stderr)
        return 64
    programs = Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    many = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    server = programs / "lambda-benchmark-server"
    subjects = {
        "boto3": [sys.executable, HERE / "plain_boto3.py"], "autotagger": [programs / "autotagger-lambda"],
    }
    found: dict = {name: {} for name in subjects}
    for number in range(rounds + 1):
        for name, program in subjects.items():
            for size, batch in BATCHES.items():
                with tempfile.TemporaryDirectory(prefix="autotagger-bench-") as folder:
                    environment = {
                        "PATH": os.environ.get("PATH", ""), "HOME": folder, "AWS_REGION": "ap-northeast-2",
                        "AWS_DEFAULT_REGION": "ap-northeast-2", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
                        "AWS_SECRET_ACCESS_KEY": "secret", "AUTOTAGGER_LEDGER": os.path.join(folder, "a.sqlite"),
                    }
                    few = Run(server, program, environment, FEW, batch)
                    environment["AUTOTAGGER_LEDGER"] = os.path.join(folder, "b.sqlite")
                    all_ = Run(server, program, environment, FEW + many, batch)
                # The first round reads the programs from the disk and is not counted.
                if not number:
                    continue
                for what, value in {
                    "start": min(few.start, all_.start), f"cpu of {size}": (all_.cpu - few.cpu) / many,
                    "memory": all_.memory, f"rate of {size}": many / (all_.wall - few.wall),
                    f"calls of {size}": (all_.calls - few.calls) / many,
                }.items():
                    found[name].setdefault(what, []).append(value)
    return report(found)


def report(found: dict) -> int:
    medians = {name: {what: statistics.median(all_) for what, all_ in sample.items()} for name, sample in found.items()}
    # A start is so short that whatever else the machine does counts for more than the program: the fastest says most of it.
    for name, sample in found.items():
        medians[name]["start"] = min(sample["start"])
    for name, one in medians.items():
        print(f"{name:10} first /next {one['start'] * 1000:6.1f} ms, at most {one['memory']:5.1f} MB")
        for size, batch in BATCHES.items():
            print(f"  {max(1, batch):3} an invocation: {one[f'cpu of {size}'] * 1000:6.3f} ms of CPU,"
                  f" {one[f'calls of {size}']:4.1f} calls, {one[f'rate of {size}']:6.0f} events/s")
    missed = 0
    for what, target in TARGETS.items():
        ratio = medians["boto3"][what] / medians["autotagger"][what]
        is_met = ratio >= target
        missed += not is_met
        print(f"{what:10} boto3 takes {ratio:5.1f} times as much (at least {target}){'' if is_met else '  MISSED'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
