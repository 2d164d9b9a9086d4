"""An event's journey through what was deployed: bus, rule, queue, AutoTagger, tags; and what must not set out on it."""
from __future__ import annotations

import os
import subprocess
import tempfile
import time

from support import program, queues

from .place import Place

PATIENCE_SECONDS = 60


class Broken(Exception):
    """Something was not as it should be."""


def expect(is_so: bool, promise: str, found) -> None:
    if not is_so:
        raise Broken(f"not so: {promise}\nfound: {found}")
    print(f"  {promise}")


def travel(binary: str, url: str, home: Place, queue: str, environment: dict, places: list) -> None:
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
    count = len(volumes) + (1 if world else 0)
    found = queues.left(home.client("sqs"), queue)
    expect(found == count, f"{count} events are in the queue, and no others", found)
    work(binary, url, home, queue, environment)
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


def work(binary: str, url: str, home: Place, queue: str, environment: dict) -> None:
    """Has a daemon empty the queue, and ends it."""
    sqs = home.client("sqs")
    with tempfile.TemporaryDirectory(prefix="autotagger-deploy-") as folder, \
            open(os.path.join(folder, "errors"), "w+", encoding="utf-8") as errors:
        daemon = subprocess.Popen(
            [binary, "daemon", "--queue-url", queue, "--health-address", "none"], stderr=errors, cwd=folder,
            env=program.environment(folder, url, home.region, **environment))
        try:
            limit = time.monotonic() + PATIENCE_SECONDS
            while queues.left(sqs, queue) > 0 and daemon.poll() is None and time.monotonic() < limit:
                time.sleep(0.2)
            left = queues.left(sqs, queue)
        finally:
            daemon.terminate()
            status = daemon.wait(PATIENCE_SECONDS)
        errors.seek(0)
        expect(left == 0 and status == 0, "the daemon empties the queue and ends with 0", [left, status, errors.read()])
