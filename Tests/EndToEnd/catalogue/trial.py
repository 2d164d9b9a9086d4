"""One play of the catalogue: make everything, give the events to the program, and judge by what boto3 reads."""
import json
import os
import subprocess
import tempfile

from support.program import environment

from . import creations, witness
from .account import Account, Case, Scribe
from .tagged import KEPT

# Jobs are off unless asked for; the run is about every handler.
SETTINGS = "{wait: 0s, handlers: {enable: ['*']}}\n"


def make(endpoint: str, scribe: Scribe, areas=creations.AREAS) -> Account:
    """Everything that the areas create, as cases of an account."""
    account = Account(endpoint, scribe)
    for area in areas:
        area(account)
    return account


def process(binary: str, events: list[dict], endpoint: str, settings: str = SETTINGS) -> dict[str, dict]:
    """The program's report of each event, by the event's id."""
    with tempfile.TemporaryDirectory(prefix="autotagger-catalogue-") as folder:
        path = lambda name, text: _written(os.path.join(folder, name), text)
        around = environment(folder, endpoint, AUTOTAGGER_LEDGER=os.path.join(folder, "ledger.sqlite"))
        arguments = [
            binary, "process", path("events.json", json.dumps({"Records": events})), "--format", "ndjson",
            "--config", path("autotagger.yaml", settings)]
        done = subprocess.run(arguments, env=around, capture_output=True, text=True, check=False)
        reports = [json.loads(line) for line in done.stdout.splitlines()]
        if len(reports) != len(events):
            raise RuntimeError("%d reports of %d events: %s" % (len(reports), len(events), done.stderr[-2000:]))
        return {report["eventID"]: report for report in reports}


def problem(account: Account, case: Case, report: dict | None, maker: str) -> str | None:
    """What is wrong with a case, or `None` when its resources carry their maker's name and the tag of their creation."""
    if case.refusal:
        return "not created: " + case.refusal
    if report["outcome"] != "tagged":
        return " ".join(str(part) for part in (report["outcome"], report.get("reason"), _message(report)) if part)
    for resource in report["resources"]:
        if wrong := _wrong(account, case, resource, maker):
            return "%s: %s" % (resource["arn"], wrong)
    return None


def _wrong(account, case, resource, maker):
    if resource["outcome"] != "tagged":
        return " ".join(part for part in (resource["outcome"], _message(resource)) if part)
    try:
        found = witness.tags(account.quiet, resource["type"], resource["arn"], resource["id"])
    except Exception as error:  # the witness's own trouble is a failed case, not a crash
        return "boto3 reads no tags: %s %s" % (type(error).__name__, str(error)[:200])
    if (found.get("Creator"), found.get("CreatedAt")) != (maker, case.event["eventTime"]):
        return "not %s's of %s: %s" % (maker, case.event["eventTime"], found)
    if case.tagged and found.get(KEPT[0]) != KEPT[1]:
        return "the tag of its creation is gone: %s" % found
    return None


def _message(report):
    error = report.get("error") or {}
    return "%s: %s" % (error.get("code"), error.get("message")) if error else ""


def _written(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path
