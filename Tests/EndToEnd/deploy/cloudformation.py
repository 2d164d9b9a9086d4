"""Makes the CloudFormation stacks in the fake AWS, lets events travel through them, and takes them down again.

    python3 -m deploy.cloudformation PROGRAM lint|single|organization

`lint` has cfn-lint look at every template that there is and that the program writes, and asks the rules of the central one what
they say of parameters that do not go together. Ends with 0 only when all went as promised.
"""
from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import botocore.exceptions

from support.fake_aws import FakeAWS

from . import rules
from .journey import Broken, expect, travel
from .place import HOME, MEMBER, Place

TEMPLATES = Path(__file__).parents[3] / "config/deploy/cloudformation"
EXTERNAL_ID = "a-word-of-ours"
BUCKET = "deployment-packages"
# Parameters beside the code, and a word of what must be said against them, if anything.
COMBINATIONS = [
    ({}, None),
    ({"CodeBucket": "none"}, "CodeBucket"),
    ({"CodeBucket": "none", "Runtime": "daemon"}, None),
    ({"OrganizationId": "o-a1b2c3d4e5"}, "ExternalId"),
    ({"OrganizationId": "o-a1b2c3d4e5", "ExternalId": EXTERNAL_ID}, None),
    ({"BatchSize": 11, "BatchingWindow": 0}, "BatchingWindow"),
    ({"BatchSize": 10, "BatchingWindow": 0}, None),
    ({"BatchSize": 10000, "BatchingWindow": 1}, None),
]


def lint(program: str) -> None:
    with tempfile.TemporaryDirectory(prefix="autotagger-templates-") as folder:
        written = []
        for options in ([], ["--member"], ["--exact"], ["--exact", "--member"]):
            path = Path(folder) / ("generated" + "".join(options) + ".yaml")
            text = subprocess.run(
                [program, "generate", "cloudformation", *options], check=True, capture_output=True, text=True).stdout
            path.write_text(text)
            written.append(path)
        for path in sorted(TEMPLATES.glob("*.yaml")) + written:
            command = [str(Path(sys.executable).parent / "cfn-lint"), "--", str(path)]
            found = subprocess.run(command, capture_output=True, text=True, check=False)
            expect(found.returncode == 0 and not found.stdout, f"cfn-lint finds nothing in {path.name}", found.stdout)
    for parameters, word in COMBINATIONS:
        said = rules.broken(TEMPLATES / "autotagger.yaml", {"CodeBucket": BUCKET, **parameters})
        expect(len(said) == 1 and word in said[0] if word else said == [], f"of {parameters} is said: {word or 'nothing'}", said)
    central = rules.read(TEMPLATES / "autotagger.yaml")
    hidden = central["Resources"]["EventsQueue"]["Properties"]["VisibilityTimeout"]
    needed = 6 * central["Resources"]["Function"]["Properties"]["Timeout"] + central["Parameters"]["BatchingWindow"]["MaxValue"]
    expect(hidden >= needed, f"a message is hidden for {needed} s, whatever the window for a batch", hidden)


class Stack:
    """One stack in one place."""

    def __init__(self, place: Place, template: str, **parameters: str):
        self._cloud = place.client("cloudformation")
        self._name = "autotagger"
        given = [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()]
        try:
            self._cloud.create_stack(
                StackName=self._name, TemplateBody=(TEMPLATES / template).read_text(), Parameters=given,
                Capabilities=["CAPABILITY_NAMED_IAM"])
        except botocore.exceptions.ClientError as error:
            raise Broken(f"{place}: {template}: {error}") from error
        made = self._cloud.describe_stacks(StackName=self._name)["Stacks"][0]
        expect(made["StackStatus"] == "CREATE_COMPLETE", f"{place}: {template} is created", made)
        self.outputs = {one["OutputKey"]: one["OutputValue"] for one in made.get("Outputs", [])}

    def delete(self) -> None:
        self._cloud.delete_stack(StackName=self._name)


def deploy(program: str, is_organization: bool) -> None:
    with FakeAWS() as aws:
        home, world = Place(aws.url, HOME, "eu-central-1"), Place(aws.url, HOME, "us-east-1")
        others = [Place(aws.url, MEMBER, "us-east-1"), Place(aws.url, MEMBER, "eu-central-1")]
        others = others if is_organization else [world]
        storage = home.client("s3")
        storage.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": home.region})
        storage.put_object(Bucket=BUCKET, Key="autotagger-lambda-x86_64.zip", Body=b"PK\x05\x06" + b"\0" * 18)
        central = {"CodeBucket": BUCKET, "OtherRegions": "true", "Settings": "identities: {exclude: [backup-job]}"}
        member = {}
        if is_organization:
            central |= {"OrganizationId": "o-a1b2c3d4e5", "ExternalId": EXTERNAL_ID}
        with_function = Stack(home, "autotagger.yaml", **central)
        check_function(home, with_function.outputs)
        with_function.delete()
        # moto would run the function in Docker; here the daemon reads the queue.
        stacks = [Stack(home, "autotagger.yaml", Runtime="daemon", **central)]
        outputs = stacks[0].outputs
        if is_organization:
            member = {"ExternalId": EXTERNAL_ID, "CentralRoleArn": outputs["RoleArn"]}
        for place in others:
            stacks.append(Stack(place, "autotagger-member.yaml", BusArn=outputs["BusArn"], **member))
        environment = {
            "AUTOTAGGER_LEDGER": "dynamodb://" + outputs["LedgerTable"], "AUTOTAGGER_SETTINGS": outputs["DaemonSettings"]}
        travel(program, aws.url, home, outputs["QueueUrl"], environment, [home, *others])
        for stack in reversed(stacks):
            stack.delete()
        # moto leaves managed policies behind, and the log that it made for the function of its own accord.
        left = [f"{place}: {one}" for place in [home, *others] for one in place.leftovers()
                if not one.startswith(("table", "policy", "log /aws/lambda/"))]
        expect(left == [], "nothing is left but the ledger", left)


def check_function(home: Place, outputs: dict) -> None:
    functions = home.client("lambda")
    function = functions.get_function_configuration(FunctionName=outputs["FunctionName"])
    mapping = functions.list_event_source_mappings(FunctionName=outputs["FunctionName"])["EventSourceMappings"][0]
    variables = function["Environment"]["Variables"]
    expect(variables["AUTOTAGGER_LEDGER"] == "dynamodb://" + outputs["LedgerTable"], "the function has its ledger", variables)
    expect("backup-job" in variables["AUTOTAGGER_SETTINGS"], "the function has its settings", variables)
    expect(mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], "the function reads the queue", mapping)


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[2] not in ("lint", "single", "organization"):
        print(__doc__, file=sys.stderr)
        return 64
    program, part = os.path.abspath(sys.argv[1]), sys.argv[2]
    try:
        if part == "lint":
            lint(program)
        else:
            deploy(program, part == "organization")
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
