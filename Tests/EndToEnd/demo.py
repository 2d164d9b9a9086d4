"""The demo: people launch machines in a fake AWS, AutoTagger reads what CloudTrail says of it, and AWS knows who made what.

Usage: demo.py PATH_OF_AUTOTAGGER. Ends with 0 only when everything was as it says.
"""
from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile

import boto3

from support import envelopes, identities
from support.fake_aws import FakeAWS
from support.program import ACCESS_KEY, environment
from support.recorder import Recorder

REGION = "ap-northeast-2"
DISKS = [{"DeviceName": f"/dev/{name}", "Ebs": {"VolumeSize": 8}} for name in ("sda1", "sdf", "sdg")]


class Broken(Exception):
    """Something was not as the demo promises."""


class Demo:
    def __init__(self, program: str, aws: FakeAWS, folder: str):
        self._program, self._aws, self._folder = os.path.abspath(program), aws, folder
        self._step = 0
        session = boto3.Session("AKIAPEOPLE0000000001", "secret", region_name=REGION)
        self._new_client = lambda: session.client("ec2", endpoint_url=aws.url)
        self._witness = self._new_client()

    def run(self) -> None:
        self._title("A fake AWS (moto) is up on the loopback")
        print(f"  {self._aws.url}, account {identities.ACCOUNT}, region {REGION}")
        events, volume = self._launch()
        log = os.path.join(self._folder, "cloudtrail.json.gz")
        envelopes.write(log, "log.json.gz", events)

        self._title("CloudTrail delivers its log file; AutoTagger processes it")
        reports = self._process(log)
        self._expect(len(reports) == len(events), "one report an event", reports)
        self._expect(all(one["outcome"] == "tagged" for one in reports), "every event tagged", reports)

        self._title("The tags as AWS has them now, read with boto3")
        self._show_tags()

        self._title("Who made that volume? The ledger answers without asking AWS")
        said = self._autotagger("ledger", "who", volume)
        self._expect("alice" in said, "the ledger names alice", said)

        self._title("CloudTrail delivers the same file again, as it does")
        before = len(self._aws.calls(ACCESS_KEY))
        again = self._process(log)
        self._expect(all(one["outcome"] == "duplicate" for one in again), "every event a duplicate", again)
        calls = [call["action"] for call in self._aws.calls(ACCESS_KEY)]
        first, second = calls[:before], calls[before:]
        print("  What AutoTagger asked of AWS, by the fake's own journal:")
        print(f"    first time:  {self._tally(first)}")
        print(f"    second time: {self._tally(second)}")
        self._expect("CreateTags" in first and "CreateTags" not in second, "no second tagging call", calls)
        print("\nAll as promised: everything carries its maker's name, and nothing was done twice.")

    def _launch(self):
        self._title("Three people make things; none of them tags who they are")
        some = self._witness.describe_images(Filters=[{"Name": "name", "Values": ["ubuntu*"]}])
        image = some["Images"][0]["ImageId"]
        named = [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "web"}]}]
        owned = [{"ResourceType": "volume", "Tags": [{"Key": "Creator", "Value": "team-storage"}]}]
        launch = {"ImageId": image, "InstanceType": "t2.micro", "BlockDeviceMappings": DISKS}
        zone = {"AvailabilityZone": REGION + "a", "Size": 10}
        made = [
            self._make("alice", "run_instances", MinCount=1, MaxCount=1, TagSpecifications=named, **launch),
            self._make("bob", "run_instances", MinCount=2, MaxCount=2, **launch),
            self._make("stack", "create_volume", TagSpecifications=owned, **zone),
        ]
        print("  alice, an IAM user:                   1 instance with 3 volumes, tagged Name=web")
        print("  bob@example.com, by single sign-on:   2 instances with 3 volumes each")
        print("  carol, through CloudFormation:        1 volume, tagged Creator=team-storage by herself")
        instance = made[0]["responseElements"]["instancesSet"]["items"][0]["instanceId"]
        volumes = self._witness.describe_volumes(
            Filters=[{"Name": "attachment.instance-id", "Values": [instance]}])["Volumes"]
        return made, volumes[-1]["VolumeId"]

    def _make(self, identity: str, operation: str, **parameters):
        client = self._new_client()
        recorder = Recorder(client, identities.NAMED[identity])
        getattr(client, operation)(**parameters)
        return recorder.last

    def _process(self, log: str) -> list:
        lines = self._autotagger("process", log, "--format", "ndjson", shown=False).splitlines()
        reports = [json.loads(line) for line in lines]
        for one in reports:
            kinds = [resource["type"] for resource in one["resources"]]
            found = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)) or "nothing asked of AWS"
            print(f"  {one['eventName']:13} {one['outcome']:10} {found}")
        return reports

    def _show_tags(self) -> None:
        instances = [one for page in self._witness.describe_instances()["Reservations"] for one in page["Instances"]]
        things = [(one["InstanceId"], one) for one in instances]
        things += [(one["VolumeId"], one) for one in self._witness.describe_volumes()["Volumes"]]
        interfaces = [interface["NetworkInterfaceId"] for one in instances for interface in one["NetworkInterfaces"]]
        answer = self._witness.describe_network_interfaces(NetworkInterfaceIds=interfaces)
        things += [(one["NetworkInterfaceId"], {**one, "Tags": one["TagSet"]}) for one in answer["NetworkInterfaces"]]
        for name, thing in things:
            tags = {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}
            shown = ("Name", "Creator", "CreatedAt", "CreatedVia", "InstanceId")
            print(f"  {name:22} " + "  ".join(f"{key}={tags[key]}" for key in shown if key in tags))
            self._expect({"Creator", "CreatorArn", "CreatedAt"} <= tags.keys(), f"{name} says who made it", tags)
            is_part = thing.get("Attachments") or thing.get("Attachment")
            self._expect(not is_part or "InstanceId" in tags, f"{name} names its instance", tags)
        creators = [tag["Value"] for _, thing in things for tag in thing.get("Tags", []) if tag["Key"] == "Creator"]
        expected = {"alice": 5, "bob@example.com": 10, "team-storage": 1}
        self._expect({name: creators.count(name) for name in creators} == expected, f"makers {expected}", creators)

    def _autotagger(self, *arguments: str, shown: bool = True) -> str:
        around = environment(
            self._folder, self._aws.url, REGION, AUTOTAGGER_LEDGER=os.path.join(self._folder, "ledger.sqlite"))
        print("  $ autotagger " + shlex.join(arguments).replace(self._folder + "/", ""))
        done = subprocess.run(
            [self._program, *arguments], env=around, cwd=self._folder, text=True, capture_output=True, timeout=120,
            check=False)
        if shown:
            print("".join(f"  {line}\n" for line in done.stdout.splitlines()), end="")
        if done.returncode != 0:
            raise Broken(f"autotagger {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}\n{done.stdout}")
        return done.stdout

    def _title(self, text: str) -> None:
        self._step += 1
        print(f"\n{self._step}. {text}")

    @staticmethod
    def _tally(calls: list) -> str:
        return ", ".join(f"{calls.count(one)} {one}" for one in dict.fromkeys(calls)) or "nothing"

    @staticmethod
    def _expect(is_so: bool, promise: str, found) -> None:
        if not is_so:
            raise Broken(f"not so: {promise}\nfound: {found}")


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    try:
        with FakeAWS() as aws, tempfile.TemporaryDirectory(prefix="autotagger-demo-") as folder:
            Demo(sys.argv[1], aws, folder).run()
    except (Broken, subprocess.TimeoutExpired) as broken:
        print(f"\nThe demo failed. {broken}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
