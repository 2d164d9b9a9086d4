"""The daemon beside a plain loop of boto3, on one queue each of an AWS that answers at once: events a second, processor time
an event; and what the daemon needs while it has nothing to do.

Usage: compare.py FOLDER_OF_THE_PROGRAMS [EVENTS] [IDLE_SECONDS] [ROUNDS]. Rounds are interleaved and the medians compared, since
whatever else the machine does falls on both. Ends with 1 when a target is missed.
"""
from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")
THROUGHPUT, PROCESSOR, IDLE_SHARE, IDLE_MB = 8, 8, 0.01, 50


class InstantAWS:
    """The fake, with some events in its queue."""

    def __init__(self, programs: Path, events: int, kind: str):
        self._process = subprocess.Popen(
            [programs / "daemon-benchmark", str(events), kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._process.stdout.readline().strip()
        self.queue = f"{self.url}/123456789012/autotagger"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()

    def account(self) -> dict:
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def wait_for_deletions(self, count: int, process: subprocess.Popen) -> float:
        """When so many messages were deleted."""
        while self.account()["deleted"] < count:
            if process.poll() is not None:
                sys.exit(f"{process.args[0]} ended with {process.returncode}")
            time.sleep(0.01)
        return time.monotonic()


def processor_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def start_daemon(programs: Path, aws: InstantAWS, folder: str) -> subprocess.Popen:
    environment = {
        "PATH": os.environ.get("PATH", ""), "HOME": folder, "AWS_REGION": "ap-northeast-2",
        "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE000000001", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": aws.url,
        "AUTOTAGGER_LEDGER": os.path.join(folder, "ledger.sqlite"),
    }
    return subprocess.Popen(
        [programs / "autotagger", "daemon", "--queue-url", aws.queue, "--health-address", f"127.0.0.1:{free_port()}"],
        env=environment)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def daemon(programs: Path, events: int, kind: str) -> dict:
    with InstantAWS(programs, events, kind) as aws, tempfile.TemporaryDirectory() as folder:
        process = start_daemon(programs, aws, folder)
        # The first events pay for the start, which is measured elsewhere.
        warm = events // 20
        began = aws.wait_for_deletions(warm, process)
        before = processor_seconds(process.pid)
        done = aws.account()["deleted"]
        ended = aws.wait_for_deletions(events, process)
        used = processor_seconds(process.pid) - before
        peak = resident_mb(process.pid)
        account = aws.account()
        process.send_signal(signal.SIGTERM)
        if process.wait(timeout=10) != 0:
            sys.exit(f"the daemon ended with {process.returncode}")
    return result(events - done, ended - began, used, peak, account)


def plain(programs: Path, events: int, kind: str) -> dict:
    with InstantAWS(programs, events, kind) as aws:
        process = subprocess.Popen(
            [sys.executable, HERE / "plain_loop.py", aws.url, aws.queue, str(events)], stdout=subprocess.DEVNULL)
        warm = events // 20
        began = aws.wait_for_deletions(warm, process)
        before = processor_seconds(process.pid)
        done = aws.account()["deleted"]
        ended = aws.wait_for_deletions(events - 1, process)
        used = processor_seconds(process.pid) - before
        peak = resident_mb(process.pid)
        account = aws.account()
        process.wait()
    return result(events - done, ended - began, used, peak, account)


def result(events: int, seconds: float, used: float, peak: float, account: dict) -> dict:
    return {
        "events": events, "rate": events / seconds, "cpu": used / events * 1e3, "mb": peak, "tagged": account["tagged"],
        "calls": sum(account["calls"].values()) / max(1, account["deleted"]),
    }


def median(rounds: list) -> dict:
    """The round in the middle, measure by measure."""
    return {what: statistics.median(one[what] for one in rounds) for what in ("events", "rate", "cpu", "mb", "calls")}


def idle(programs: Path, seconds: int) -> tuple:
    """The share of a processor and the memory that a daemon takes with an empty queue."""
    with InstantAWS(programs, 0, "volumes") as aws, tempfile.TemporaryDirectory() as folder:
        process = start_daemon(programs, aws, folder)
        while "ReceiveMessage" not in aws.account()["calls"]:
            time.sleep(0.05)
        time.sleep(2)
        before, began = processor_seconds(process.pid), time.monotonic()
        time.sleep(seconds)
        share = (processor_seconds(process.pid) - before) / (time.monotonic() - began)
        memory = resident_mb(process.pid)
        process.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        if process.wait(timeout=10) != 0:
            sys.exit(f"the daemon ended with {process.returncode}")
        return share, memory, time.monotonic() - asked


def main() -> int:
    if len(sys.argv) not in (2, 3, 4, 5):
        print(__doc__, file=sys.stderr)
        return 64
    programs = Path(sys.argv[1]).resolve()
    events = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    missed = []
    for kind in ("volumes", "launches"):
        by_loop, by_daemon = [], []
        for _ in range(int(sys.argv[4]) if len(sys.argv) > 4 else 5):
            # The slow one gets fewer of them; its rate is steady.
            by_loop.append(plain(programs, max(200, events // 10), kind))
            by_daemon.append(daemon(programs, events, kind))
        for name, rounds in (("plain boto3", by_loop), ("the daemon", by_daemon)):
            for one in rounds:
                if one["tagged"] < one["events"]:
                    sys.exit(f"{name} tagged {one['tagged']} resources of {one['events']} events")
        by_loop, by_daemon = median(by_loop), median(by_daemon)
        print(f"{kind}: {'events/s':>16} {'ms of CPU an event':>19} {'calls an event':>15} {'MB':>6}")
        for name, one in (("plain boto3", by_loop), ("daemon", by_daemon)):
            print(f"  {name:12} {one['rate']:12.0f} {one['cpu']:19.3f} {one['calls']:15.2f} {one['mb']:6.0f}")
        faster, less = by_daemon["rate"] / by_loop["rate"], by_loop["cpu"] / by_daemon["cpu"]
        print(f"  {faster:.1f} times as many events a second, {less:.1f} times less CPU an event")
        missed += [f"{kind}: {THROUGHPUT} times the throughput"] if faster < THROUGHPUT else []
        missed += [f"{kind}: {PROCESSOR} times less CPU an event"] if less < PROCESSOR else []
    share, memory, ending = idle(programs, int(sys.argv[3]) if len(sys.argv) > 3 else 60)
    print(f"idle: {share * 100:.2f} % of a processor, {memory:.0f} MB; ends {ending * 1000:.0f} ms after SIGTERM")
    missed += [f"idle: under {IDLE_SHARE * 100:.0f} % of a processor"] if share >= IDLE_SHARE else []
    missed += [f"idle: under {IDLE_MB} MB"] if memory >= IDLE_MB else []
    for said in missed:
        print(f"missed: {said}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
