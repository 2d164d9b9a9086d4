"""Deploys an example of the Terraform module into the fake AWS, lets events travel through it, and takes it down again.

    AUTOTAGGER_TERRAFORM_PLUGINS=FOLDER python3 -m deploy.terraform PROGRAM EXAMPLE

EXAMPLE is a folder of config/deploy/terraform/examples; FOLDER holds the AWS provider as `terraform providers mirror` lays it
out. Ends with 0 only when all went as promised.
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


class Terraform:
    """Terraform in a copy of the module, against the fake AWS and without any network."""

    def __init__(self, folder: Path, example: str, aws: FakeAWS):
        self.module = folder / "terraform"
        shutil.copytree(MODULE, self.module, ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        self._example = self.module / "examples" / example
        package = folder / "function.zip"
        with zipfile.ZipFile(package, "w") as archive:
            archive.writestr("bootstrap", "#!/bin/sh\n")
        settings = folder / "terraformrc"
        providers = os.environ["AUTOTAGGER_TERRAFORM_PLUGINS"]
        settings.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{providers}"\n  }}\n}}\n')
        variables = {"package": str(package), "ledger_deletion_protection": "false", **VARIABLES[example]}
        self._environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "TF_CLI_CONFIG_FILE": str(settings), "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1", "AWS_ACCESS_KEY_ID": "AKIATERRAFORM0000001", "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_ENDPOINT_URL": aws.url, "AWS_EC2_METADATA_DISABLED": "true",
            **{f"TF_VAR_{name}": value for name, value in variables.items()}}

    def __call__(self, *arguments: str, wanted: int = 0) -> str:
        done = subprocess.run(
            ["terraform", *arguments], cwd=self._example, env=self._environment, text=True, capture_output=True,
            timeout=240, check=False)
        expect(done.returncode == wanted, f"terraform {arguments[0]}", done.stdout[-2000:] + done.stderr)
        return done.stdout


def deploy(program: str, example: str) -> None:
    with FakeAWS() as aws, tempfile.TemporaryDirectory(prefix="autotagger-terraform-") as folder:
        terraform = Terraform(Path(folder), example, aws)
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


def check_function(home: Place) -> None:
    functions = home.client("lambda")
    function = functions.get_function_configuration(FunctionName="autotagger")
    mapping = functions.list_event_source_mappings()["EventSourceMappings"][0]
    expect(function["Runtime"] == "provided.al2023", "the function takes the daemon's place", function)
    expect("AUTOTAGGER_LEDGER" in function["Environment"]["Variables"], "the function has its ledger", function)
    expect(mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"], "the function reads the queue", mapping)


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[2] not in VARIABLES:
        print(__doc__, file=sys.stderr)
        return 64
    try:
        deploy(os.path.abspath(sys.argv[1]), sys.argv[2])
    except Broken as broken:
        print(broken, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
