"""Two daemons on one queue and one ledger, one of them killed again and again: nothing may be lost, and little be done twice.

Usage: python -m daemon.kills PATH/TO/autotagger [--events N] [--kills K] [--ledger LOCATION], from Tests/EndToEnd. The ledger is
a file of the run's own, or with dynamodb://TABLE a table in the fake AWS.

Makes volumes in a fake AWS as several people, puts the CloudTrail event of each into a queue, three in ten of them twice, and
lets two daemons at it. One gets SIGKILL K times and is started anew. In the end boto3 reads every volume's tags back and
compares them with who made it; the fake's journal tells how often each was written to. Ends with 1 when anything is amiss.
"""
from __future__ import annotations

import argparse
import atexit
import collections
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

import boto3
import botocore.config

from support import envelopes, identities, ledger_table, queues
from support.fake_aws import FakeAWS
from support.program import ACCESS_KEY, environment
from support.recorder import Recorder
from support.witness import WITNESS

REGION = "us-east-1"
SETTINGS = "ledger: {lease: 5s}\ndaemon: {visibility: 5s, receivers: 2, inFlight: 64, healthAddress: none}\n"
CREATORS = {"alice": "alice", "bob": "bob@example.com", "root": "root"}
# Enough that both daemons always have work.
QUEUE_LENGTH = 150
PATIENCE_SECONDS = 1500


def client(aws: FakeAWS, service: str):
    return boto3.Session(**WITNESS).client(
        service, region_name=REGION, endpoint_url=aws.url, config=botocore.config.Config(retries={"total_max_attempts": 8}))


def make_volumes(aws: FakeAWS, count: int) -> tuple:
    """The events of so many volumes, and by volume who made it."""
    ec2 = client(aws, "ec2")
    recorder = Recorder(ec2, identities.NAMED["alice"])
    makers = {}
    for number in range(count):
        name = list(CREATORS)[number % len(CREATORS)]
        recorder.identity = identities.NAMED[name]
        volume = ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=1)["VolumeId"]
        makers[volume] = (CREATORS[name], identities.NAMED[name]["arn"], recorder.last["eventTime"])
    return recorder.records, makers


class Feeder(threading.Thread):
    """Puts events into a queue as they are taken out: moto's queues need the square of their length in time."""

    def __init__(self, aws: FakeAWS, queue: str, events: list):
        super().__init__(daemon=True)
        self._sqs, self._queue, self._events = client(aws, "sqs"), queue, events
        self._lock = threading.Lock()
        self._unsent = len(events)

    def run(self) -> None:
        for start in range(0, len(self._events), 10):
            while queues.left(self._sqs, self._queue) > QUEUE_LENGTH:
                time.sleep(0.05)
            batch = self._events[start:start + 10]
            self._sqs.send_message_batch(QueueUrl=self._queue, Entries=[
                {"Id": str(place), "MessageBody": json.dumps(envelopes.eventbridge(event))}
                for place, event in enumerate(batch)])
            with self._lock:
                self._unsent -= len(batch)

    def left(self) -> int:
        """The messages that are not deleted yet, those that are still to be sent included."""
        with self._lock:
            return self._unsent + queues.left(self._sqs, self._queue)


class Daemons:
    """Two of them, by number."""

    def __init__(self, program: str, queue: str, aws: FakeAWS, ledger: str, folder: str):
        settings = os.path.join(folder, "autotagger.yaml")
        with open(settings, "w") as file:
            file.write(SETTINGS)
        self._command = [program, "daemon", "--queue-url", queue, "--config", settings, "--ledger", ledger]
        self._environment = environment(folder, aws.url, REGION)
        self._log = open(os.path.join(folder, "daemons.log"), "w+")
        self._running = {}

    def start(self, number: int) -> None:
        self._running[number] = subprocess.Popen(self._command, env=self._environment, stderr=self._log)

    def kill(self, number: int) -> None:
        self._running[number].send_signal(signal.SIGKILL)
        self._running[number].wait()

    def stop(self) -> list:
        """Ends both in peace; the exit code and the seconds of each."""
        ends = []
        for process in self._running.values():
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            ends.append((process.wait(timeout=30), round(time.monotonic() - began, 2)))
        return ends

    def end(self) -> None:
        """Leaves none behind, however the run ended."""
        for process in self._running.values():
            if process.poll() is None:
                process.kill()

    def check(self) -> None:
        for number, process in self._running.items():
            if process.poll() is not None:
                self._log.seek(0)
                sys.exit(f"daemon {number} ended with {process.returncode}:\n{self._log.read()}")


def amiss(aws: FakeAWS, makers: dict, kills: int) -> tuple:
    """What is wrong with volumes' tags, and by volume how often it was written to."""
    found = collections.defaultdict(dict)
    for page in client(aws, "ec2").get_paginator("describe_tags").paginate():
        for tag in page["Tags"]:
            found[tag["ResourceId"]][tag["Key"]] = tag["Value"]
    wrong = []
    for volume, (name, arn, created) in makers.items():
        wanted = {"Creator": name, "CreatorArn": arn, "CreatedAt": created}
        if {key: found[volume].get(key) for key in wanted} != wanted:
            wrong.append(f"{volume}: {found[volume]} instead of {wanted}")
    writes = collections.Counter(
        resource for call in aws.calls(ACCESS_KEY) if call["action"] == "CreateTags"
        for resource in call["resources"])
    wrong += [f"{volume}: written to {count} times" for volume, count in writes.items() if count > 1 + kills]
    return wrong, writes


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--events", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--ledger")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    random.seed(1)
    with FakeAWS() as aws, tempfile.TemporaryDirectory() as folder:
        sqs = client(aws, "sqs")
        # Deliveries that find an event held by a dead process count too, so there must be some room for them.
        made = queues.make(sqs, "autotagger", dead_after=50)
        distinct = options.events * 7 // 10
        events, makers = make_volumes(aws, distinct)
        deliveries = events + random.choices(events, k=options.events - distinct)
        random.shuffle(deliveries)
        print(f"{len(deliveries)} messages of {distinct} events", flush=True)
        feeder = Feeder(aws, made["queue"], deliveries)
        feeder.start()
        if options.ledger and options.ledger.startswith("dynamodb://"):
            ledger_table.make(client(aws, "dynamodb"), options.ledger.removeprefix("dynamodb://"))
        daemons = Daemons(
            program, made["queue"], aws, options.ledger or os.path.join(folder, "ledger.sqlite"), folder)
        atexit.register(daemons.end)
        began = time.monotonic()
        for number in (0, 1):
            daemons.start(number)
        for kill in range(1, options.kills + 1):
            # The kills are spread over the work: after a quarter of the messages, a half, three quarters.
            while feeder.left() > len(deliveries) * (1 - kill / (options.kills + 1)):
                daemons.check()
                time.sleep(0.05)
            daemons.kill(0)
            print(f"  {time.monotonic() - began:6.1f} s: killed with {feeder.left()} messages left", flush=True)
            daemons.start(0)
        while feeder.left() > 0:
            daemons.check()
            if time.monotonic() - began > PATIENCE_SECONDS:
                sys.exit(f"{feeder.left()} messages are still there after {PATIENCE_SECONDS} s")
            time.sleep(0.1)
        seconds = time.monotonic() - began
        ends = daemons.stop()
        wrong, writes = amiss(aws, makers, options.kills)
        extra = sum(count - 1 for count in writes.values())
        lost = queues.left(sqs, made["dead"])
        wrong += [f"{lost} messages in the dead-letter queue"] if lost else []
        wrong += [f"a daemon ended with {end} (code, seconds)" for end in ends if end[0] != 0 or end[1] > 10]
        print(f"{len(makers)} volumes as who made them says, in {seconds:.0f} s; {options.kills} kills;"
              f" {extra} writes more than one a volume; ends (code, seconds): {ends}")
        for said in wrong[:20]:
            print(f"amiss: {said}")
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
