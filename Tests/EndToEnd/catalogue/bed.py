"""The cases that others found moto to be able to play: what `moto_bed.json` of the companion files lists as working."""
import argparse
import importlib.util
import json
import os
import sys

from .account import Case, Scribe, own_scribe


def add_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bed", action="store_true", help="the companion files' cases instead of our own")


def chosen(arguments: argparse.Namespace) -> tuple[Scribe, list[dict] | None]:
    """Who writes the records, and with --bed the rows to play; ends the run where their files are not here."""
    if not arguments.bed:
        return own_scribe(), None
    folder = companion_files()
    if not folder:
        print("the companion files are not here: put them beside the project as ../shared, or name their folder in "
              "AUTOTAGGER_SHARED", file=sys.stderr)
        sys.exit(69)
    return scribe(folder), rows(folder)


def companion_files() -> str | None:
    """The folder beside the project, or that `AUTOTAGGER_SHARED` names; `None` where there is none."""
    beside = os.path.join(os.path.dirname(__file__), "..", "..", "..", "..", "shared")
    folder = os.path.abspath(os.environ.get("AUTOTAGGER_SHARED") or beside)
    return folder if os.path.exists(os.path.join(folder, "catalog", "moto_bed.json")) else None


def scribe(folder: str) -> Scribe:
    """The recorder that comes with the companion files."""
    spec = importlib.util.spec_from_file_location(
        "cloudtrail_recorder", os.path.join(folder, "tools", "cloudtrail_recorder.py"))
    recorder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recorder)
    maker = recorder.identities()["AssumedRoleSSO"].name
    return Scribe(maker, lambda client, sink: recorder.attach(client, identity="AssumedRoleSSO", sink=sink))


def rows(folder: str) -> list[dict]:
    """The bed's working cases."""
    with open(os.path.join(folder, "catalog", "moto_bed.json"), encoding="utf-8") as file:
        return json.load(file)["working"]


def match(row: dict, cases: list[Case]) -> Case | None:
    """Our creation that plays a row: of the same event, and where several are, of the same service."""
    source, name, service = row["eventSource"], row["eventName"], row["case"].partition(":")[0]
    same = [case for case in cases if case.event
            and (case.event["eventSource"], case.event["eventName"]) == (source, name)]
    return next((case for case in same if case.client == service), same[0] if same else None)
