"""An event's journey through what was deployed: bus, rule, queue, AutoTagger, tags; and what must not set out on it."""
from __future__ import annotations

import json
import os
import subprocess
import tempfile

from .place import Place


class Broken(Exception):
    """Something was not as it should be."""


def expect(is_so: bool, promise: str, found) -> None:
    if not is_so:
        raise Broken(f"not so: {promise}\nfound: {found}")
    print(f"  {promise}")


def travel(program: str, url: str, home: Place, queue: str, environment: dict, places: list) -> None:
    """Makes a volume in each place, and a user where the global services are, and sees them tagged."""
    volumes = []
    for place in places:
        volume, record = place.new_volume()
        place.put(record)
        volumes.append((place, volume))
        # Neither what failed, nor what only looks, nor what people send themselves, comes through.
        place.put({**record, "errorCode": "Client.UnauthorizedOperation"})
        place.put({**record, "eventName": "DescribeVolumes", "readOnly": True})
        place.put({**record, "managementEvent": False, "eventName": "PutObject"})
        place.put(record, source="my.own.program")
    world = next((place for place in places if place.region == "us-east-1"), None)
    if world:
        world.put(world.new_user("dora"))
    waiting = receive(home, queue)
    expect(len(waiting) == len(volumes) + (1 if world else 0), f"{len(waiting)} events are in the queue, and no others",
           waiting)
    process(program, url, home, environment, waiting)
    table = environment["AUTOTAGGER_LEDGER"].removeprefix("dynamodb://")
    items = home.client("dynamodb").scan(TableName=table)["Items"]
    known = {item["sk"]["S"] for item in items if item["pk"]["S"].startswith("event#")}
    expect(known == {place.account for place in places}, "the ledger in DynamoDB knows events of each account", known)
    for place, volume in volumes:
        tags = place.tags_of_volume(volume)
        expect(tags.get("Creator") == "alice", f"{volume} of {place} says that alice made it", tags)
    if world:
        tags = world.tags_of_user("dora")
        expect(tags.get("Creator") == "alice", f"the IAM user of {world} says that alice made it", tags)


def receive(home: Place, queue: str) -> list:
    sqs, bodies = home.client("sqs"), []
    while True:
        messages = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=0).get("Messages", [])
        if not messages:
            return bodies
        for message in messages:
            bodies.append(json.loads(message["Body"]))
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])


def process(program: str, url: str, home: Place, environment: dict, bodies: list) -> None:
    with tempfile.TemporaryDirectory(prefix="autotagger-deploy-") as folder:
        done = subprocess.run(
            [program, "process", "-", "--format", "ndjson"], input="".join(json.dumps(one) + "\n" for one in bodies),
            env={"PATH": os.environ.get("PATH", ""), "HOME": folder, "AWS_REGION": home.region,
                 "AWS_ACCESS_KEY_ID": "AKIAAUTOTAGGER000001", "AWS_SECRET_ACCESS_KEY": "secret",
                 "AWS_ENDPOINT_URL": url, **environment},
            cwd=folder, text=True, capture_output=True, timeout=120, check=False)
    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
    expect(done.returncode == 0 and set(outcomes) == {"tagged"}, f"all {len(bodies)} are tagged", done)
