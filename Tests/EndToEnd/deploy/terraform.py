"""Deploys an example of the Terraform module into the fake AWS, lets events travel through it, and takes it down again.

    AUTOTAGGER_TERRAFORM_PLUGINS=FOLDER python3 -m deploy.terraform PROGRAM single|organization|variables

The first two are folders of config/deploy/terraform/examples; `variables` only plans the module itself, with variables that go
together and with others that do not. FOLDER holds the AWS provider as `terraform providers mirror` lays it out. Ends with 0 only
when all went as promised.
"""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from support.fake_aws import FakeAWS

from .journey import Broken, expect, travel
from .place import HOME, MEMBER, Place

MODULE = Path(__file__).parents[3] / "config/deploy/terraform"
VARIABLES = {
    "single": {},
    "organization": {
        "organization_id": "o-a1b2c3d4e5", "external_id": "a-word-of-ours", "member_account": MEMBER},
}
PLACES = {
    "single": [(HOME, "eu-central-1"), (HOME, "eu-west-1"), (HOME, "us-east-1")],
    "organization": [(HOME, "eu-central-1"), (MEMBER, "eu-central-1"), (MEMBER, "us-east-1")],
}
# Variables of the module that do not go together, and words that the plan must end with.
MISTAKES = [
    ({"settings": {"tags": {"Team": "web", "Creator": "me"}}}, ["Team", "autotagger generate terraform", "handlers_file"]),
    ({"forwarding": {"organization_id": "o-a1b2c3d4e5"}}, ["member_role", "modules/member-role"]),
    ({"forwarding": {"account_ids": [MEMBER]}}, ["member_role", "modules/member-role"]),
    ({"batch_size": 11, "batching_window": 0}, ["batching_window"]),
    ({"package": {"filename": "no/such.zip"}}, ["no/such.zip"]),
]


class Terraform:
    """Terraform in a copy of the module, against the fake AWS and without any network."""

    def __init__(self, folder: Path, example: str, aws: FakeAWS, variables: dict):
        self.module = folder / "terraform"
        shutil.copytree(MODULE, self.module, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        self._root = self.module / example
        settings = folder / "terraformrc"
        providers = os.environ["AUTOTAGGER_TERRAFORM_PLUGINS"]
        settings.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{providers}"\n  }}\n}}\n')
        self._environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TF_CLI_CONFIG_FILE": str(settings), "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1", "AWS_ACCESS_KEY_ID": "AKIATERRAFORM0000001", "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "eu-central-1", "AWS_ENDPOINT_URL": aws.url, "AWS_EC2_METADATA_DISABLED": "true",
            **{f"TF_VAR_{name}": value for name, value in variables.items()}}

    def __call__(self, *arguments: str) -> str:
        done = self._run(*arguments)
        expect(done.returncode == 0, f"terraform {arguments[0]}", done.stdout[-2000:] + done.stderr)
        return done.stdout

    def planned(self, variables: dict) -> dict:
        """What is known before anything is made: the outputs, and the resources of the module."""
        self("plan", *self._plan(variables), "-out=plan")
        return json.loads(self("show", "-json", "plan"))["planned_values"]

    def mistakes(self, variables: dict) -> str:
        """What a plan says that must fail, without the frame and the line ends of Terraform's messages."""
        done = self._run("plan", *self._plan(variables))
        expect(done.returncode == 1, f"no plan is made of {variables}", done.stdout[-2000:] + done.stderr)
        return " ".join(done.stderr.replace("│", " ").split())

    def _plan(self, variables: dict) -> list:
        file = self._root / "case.tfvars.json"
        file.write_text(json.dumps(variables))
        return ["-input=false", "-no-color", f"-var-file={file}"]

    def _run(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["terraform", *arguments], cwd=self._root, env=self._environment, text=True, capture_output=True,
            timeout=240, check=False)


def package(folder: str) -> str:
    """A zip as a function's code."""
    path = Path(folder) / "function.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bootstrap", "#!/bin/sh\n")
    return str(path)


def deploy(program: str, example: str) -> None:
    with FakeAWS() as aws, tempfile.TemporaryDirectory(prefix="autotagger-terraform-") as folder:
        variables = {"package": package(folder), "ledger_deletion_protection": "false", **VARIABLES[example]}
        terraform = Terraform(Path(folder), f"examples/{example}", aws, variables)
        terraform("init", "-input=false", "-no-color")
        terraform("validate", "-no-color")
        terraform("fmt", "-check", "-recursive", str(terraform.module))
        apply = ("apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=30")
        terraform(*apply, "-var=runtime=daemon")
        outputs = {name: one["value"] for name, one in json.loads(terraform("output", "-json")).items()}
        places = [Place(aws.url, account, region) for account, region in PLACES[example]]
        travel(program, aws.url, places[0], outputs["queue_url"], outputs["environment"], places)
        # moto would run the function in Docker, so it takes over when everything has travelled.
        terraform(*apply, "-var=runtime=lambda")
        check_function(places[0])
        terraform("destroy", *apply[1:])
        expect(terraform("state", "list") == "", "the state is empty", "")
        left = [f"{place}: {one}" for place in places for one in place.leftovers()]
        expect(left == [], "nothing is left", left)


def check_variables() -> None:
    with FakeAWS() as aws, tempfile.TemporaryDirectory(prefix="autotagger-terraform-") as folder:
        terraform = Terraform(Path(folder), ".", aws, {})
        terraform("init", "-input=false", "-no-color")
        code = {"package": {"filename": package(folder)}}
        for variables, words in MISTAKES:
            said = terraform.mistakes({**code, **variables})
            expect(all(word in said for word in words), f"the plan of {variables} names {words}", said)
        check_own_tags(terraform, code)
        check_members(terraform, code)
        check_hiding(terraform, code)
        check_senders(terraform, code)


def settings_in(planned: dict) -> dict:
    """The settings that the function finds in its environment."""
    return json.loads(planned["outputs"]["environment"]["value"]["AUTOTAGGER_SETTINGS"])


def check_own_tags(terraform: Terraform, code: dict) -> None:
    """Keys that the policies were made for are planned, and null takes a key away."""
    handlers = json.loads((terraform.module / "handlers.json").read_text())
    for policy in handlers["policies"]:
        for statement in policy["Statement"]:
            for keys in statement.get("Condition", {}).values():
                keys["aws:TagKeys"].append("Team")
    file = terraform.module / "own.json"
    file.write_text(json.dumps(handlers))
    settings = {"tags": {"Team": "web", "Creator": None}}
    planned = terraform.planned({**code, "handlers_file": str(file), "settings": settings})
    found = settings_in(planned)
    expect(found == settings, "tags of one's own go with a handlers_file of one's own", found)
    planned = terraform.planned({**code, "settings": {"tags": {"Departed": None}}})
    found = settings_in(planned)
    expect(found == {"tags": {"Departed": None}}, "a key that is taken away needs no permission", found)


def check_members(terraform: Terraform, code: dict) -> None:
    """Settings of one's own leave the members' role as it is, unless they speak of it."""
    given = {**code, "member_role": {"external_id": "a-word"}, "forwarding": {"account_ids": [MEMBER]}}
    role = {"accountRole": "arn:{partition}:iam::{account}:role/AutoTagger", "externalID": "a-word"}
    for own, wanted in [
        ({"region": "eu-west-1"}, {**role, "region": "eu-west-1"}),
        ({"externalID": "another"}, {**role, "externalID": "another"}),
    ]:
        planned = terraform.planned({**given, "settings": {"existingTags": "replace", "aws": own}})
        found = settings_in(planned)
        expect(found == {"accounts": sorted([HOME, MEMBER]), "aws": wanted, "existingTags": "replace"},
               f"of `aws` {own} is added", found)


def check_hiding(terraform: Terraform, code: dict) -> None:
    planned = terraform.planned({**code, "timeout": 100, "batching_window": 7})
    queue = next(one for one in planned["root_module"]["resources"] if one["address"] == "aws_sqs_queue.events")
    hidden = queue["values"]["visibility_timeout_seconds"]
    expect(hidden == 607, "a message is hidden for six times the timeout and the window for a batch", hidden)


def check_senders(terraform: Terraform, code: dict) -> None:
    """The bus takes events of whom it was told of, and without a word has no policy at all."""
    role = {"member_role": {"external_id": "a-word"}}
    both = {"organization_id": "o-a1b2c3d4e5", "account_ids": [MEMBER]}
    for forwarding, wanted in [
        ({}, {}),
        ({"account_ids": [MEMBER]}, {"aws:PrincipalAccount": [MEMBER]}),
        (both, {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"], "aws:PrincipalAccount": [MEMBER]}),
    ]:
        resources = terraform.planned({**code, **role, "forwarding": forwarding})["root_module"]["resources"]
        found = {
            condition["variable"]: condition["values"] for one in resources
            if one["address"] == "data.aws_iam_policy_document.bus[0]"
            for statement in one["values"]["statement"] for condition in statement["condition"]}
        policies = [one["address"] for one in resources if one["type"] == "aws_cloudwatch_event_bus_policy"]
        is_as_told = found == wanted and len(policies) == (1 if wanted else 0)
        expect(is_as_told, f"{forwarding} lets in {wanted}", [found, policies])


def check_function(home: Place) -> None:
    functions = home.client("lambda")
    function = functions.get_function_configuration(FunctionName="autotagger")
    mapping = functions.list_event_source_mappings()["EventSourceMappings"][0]
    expect(function["Runtime"] == "provided.al2023", "the function takes the daemon's place", function)
    expect("AUTOTAGGER_LEDGER" in function["Environment"]["Variables"], "the function has its ledger", function)
    expect(mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], "the function reads the queue", mapping)


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[2] not in (*VARIABLES, "variables"):
        print(__doc__, file=sys.stderr)
        return 64
    try:
        if sys.argv[2] == "variables":
            check_variables()
        else:
            deploy(os.path.abspath(sys.argv[1]), sys.argv[2])
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
