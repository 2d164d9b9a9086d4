"""Puts the generated rules into moto's EventBridge and sends it an event of each trigger, and many that none waits for.

    cd Tests/EndToEnd && ../../.venv/bin/python3 -m event_patterns.run ../../.build/debug/autotagger

Every handler is on. Each set of rules, the broad one and the exact ones, delivers into a queue of its own. Prints one JSON
document: for each set how many rules it has and how many events it delivered, and which it lost or let through wrongly.
"""
import argparse
import collections
import json
import os
import sys

import boto3

from support import envelopes, queues
from support.fake_aws import FakeAWS
from support.program import printed

from . import samples

ALL = "handlers: {enable: ['*']}\n"
# "Each PutEvents request can have a maximum of 10 entries", and so it is with messages.
AT_ONCE = 10


class Bus:
    """moto's EventBridge and its queues, through boto3."""

    def __init__(self, endpoint: str):
        session = boto3.Session("AKIAEVENTBRIDGE00001", "secret", region_name="us-east-1")
        self.events, self.sqs = (session.client(name, endpoint_url=endpoint) for name in ("events", "sqs"))

    def deliver_into(self, queue: str, patterns: list) -> str:
        """Rules of these patterns, each with the queue as its target."""
        url = queues.make(self.sqs, queue)["queue"]
        arn = queues.arn(self.sqs, url)
        for number, pattern in enumerate(patterns):
            rule = "%s-%d" % (queue, number)
            self.events.put_rule(Name=rule, EventPattern=json.dumps(pattern, separators=(",", ":")))
            self.events.put_targets(Rule=rule, Targets=[{"Id": queue, "Arn": arn}])
        return url

    def send(self, records: list) -> None:
        for start in range(0, len(records), AT_ONCE):
            answer = self.events.put_events(
                Entries=[envelopes.entry(one) for one in records[start:start + AT_ONCE]])
            if answer["FailedEntryCount"]:
                raise RuntimeError("events were refused: %s" % answer["Entries"])

    def received(self, url: str) -> collections.Counter:
        """How often each event was delivered since the last time."""
        found = collections.Counter()
        while messages := self.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=AT_ONCE).get("Messages"):
            found.update(json.loads(one["Body"])["detail"]["eventID"] for one in messages)
            self.sqs.delete_message_batch(QueueUrl=url, Entries=[
                {"Id": str(number), "ReceiptHandle": one["ReceiptHandle"]} for number, one in enumerate(messages)])
        return found


def batches(records: list) -> list:
    """A hundred at a time: moto looks at every message of a queue for each new one."""
    return [records[start:start + 100] for start in range(0, len(records), 100)]


def judge(found: collections.Counter, wanted: list, unwanted: list) -> dict:
    name = lambda one: "%s/%s" % (one["eventSource"], one["eventName"])
    return {
        "delivered": sum(1 for one in wanted if found[one["eventID"]]),
        "lost": [name(one) for one in wanted if not found[one["eventID"]]],
        "twice": [name(one) for one in wanted if found[one["eventID"]] > 1],
        "stray": [name(one) for one in unwanted if found[one["eventID"]]]}


def play(binary: str) -> dict:
    listed = json.loads(printed(binary, ALL, "handlers", "list", "--format", "json"))
    broad = json.loads(printed(binary, ALL, "generate", "event-pattern"))
    exact = json.loads(printed(binary, ALL, "generate", "event-pattern", "--exact"))
    wanted = samples.wanted({(one["eventSource"], name) for one in listed for name in one["eventNames"]})
    verbs = [one["prefix"] for one in broad["detail"]["eventName"]]
    reading = samples.reading({one["eventSource"]: one["plugin"] for one in listed}, verbs, 200)
    failed, neighbours = samples.failed(wanted[::15]), samples.neighbours(wanted[::15])
    with FakeAWS() as aws:
        bus = Bus(aws.url)
        queues = {"broad": bus.deliver_into("broad", [broad]), "exact": bus.deliver_into("exact", exact)}
        found = {name: collections.Counter() for name in queues}
        for some in batches(wanted + reading + failed + neighbours):
            bus.send(some)
            for name, url in queues.items():
                found[name] += bus.received(url)
    return {
        "wanted": len(wanted), "reading": len(reading), "failed": len(failed), "neighbours": len(neighbours),
        "broad": {"rules": 1, **judge(found["broad"], wanted, reading + failed)},
        "exact": {"rules": len(exact), **judge(found["exact"], wanted, reading + failed + neighbours)}}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("binary")
    print(json.dumps(play(os.path.abspath(parser.parse_args().binary)), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
