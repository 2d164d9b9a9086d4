"""Plays the catalogue with no more permissions than `generate iam-policy` states, and tells what of them was used.

    cd Tests/EndToEnd && ../../.venv/bin/python3 -m permissions.run ../../.build/debug/autotagger [--bed]

The policy is that of the handlers that are played. Every request passes a door that asks it first, as IAM would. Prints one
JSON document: the cases and what is wrong with them, and the permissions that were missing, unused, or not understood.
Then the same events once more, with permissions too few: each must fail and say so.
"""
import argparse
import fnmatch
import functools
import json
import os
import sys

from catalogue import bed, creations, trial
from support.fake_aws import FakeAWS
from support.policy import Policy
from support.program import printed

from .door import Door
from .lookups import launch_from_template


@functools.cache
def listed(binary: str) -> list:
    return json.loads(printed(binary, "{}", "handlers", "list", "--format", "json"))


def handlers(binary: str, events: list) -> list:
    """The handlers that wait for the events."""
    names = {(event["eventSource"], event["eventName"]) for event in events}
    return sorted({one["resource"] for one in listed(binary)
                   if any((one["eventSource"], name) in names for name in one["eventNames"])})


def settings(types: list, **more) -> str:
    """Those handlers alone, jobs among them."""
    return json.dumps({"wait": "0s", "handlers": {"only": types, "enable": ["*"]}, **more}) + "\n"


def play(binary: str, scribe, rows=None, chosen=()) -> dict:
    """The catalogue's cases under the policy of their handlers; if types are chosen, theirs alone, through Resource Groups."""
    areas = [*creations.AREAS, launch_from_template]
    with FakeAWS() as aws:
        account = trial.make(aws.url, scribe, areas)
        cases = [bed.match(row, account.cases) for row in rows] if rows else account.cases
        # Two rows of the bed may be one creation, and what is launched from a template no row is.
        cases = list({id(case): case for case in [*cases, account.cases[-1]] if case}.values())
        cases = [case for case in cases if case.event and _is_played(handlers(binary, [case.event]), chosen)]
        events = [case.event for case in cases]
        allowed = settings(handlers(binary, events), resourceGroups=list(chosen))
        policy = Policy(json.loads(printed(binary, allowed, "generate", "iam-policy")))
        with Door(aws.url, policy) as door:
            reports = trial.process(binary, events, door.url, settings=allowed)
            verdicts = [{"case": case.name, "problem": trial.problem(account, case, reports[case.event["eventID"]],
                                                                     scribe.maker)} for case in cases]
            return {
                "cases": verdicts, "actions": len(policy.actions), "denied": sorted(door.denied),
                "unused": sorted(policy.actions - door.used), "unknown": door.unknown,
                **too_few(binary, events, door, allowed)}


def _is_played(types: list, chosen) -> bool:
    return any(fnmatch.fnmatchcase(kind, one) for kind in types for one in chosen or ["*"])


def too_few(binary: str, events: list, door: Door, allowed: str) -> dict:
    """The same events with other tags than the policy was made for, and with no permission at all."""
    whole, bounded = door.policy, door.policy.bounded
    door.denied = set()
    trial.process(binary, events, door.url, settings=json.dumps({**json.loads(allowed), "tags": {"Foreign": "key"}}))
    unbounded = sorted(action for action in bounded & door.used if action not in door.denied)
    door.policy = Policy([])
    reports = trial.process(binary, events, door.url, settings=json.dumps({**json.loads(allowed), "tags": {"New": "x"}}))
    door.policy = whole
    tagged = [report["eventName"] for report in reports.values()
              if report["outcome"] != "failed" or "not authorized" not in json.dumps(report)]
    return {"unbounded": unbounded, "taggedWithoutPermission": tagged}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("binary")
    bed.add_option(parser)
    parser.add_argument("--through-resource-groups", metavar="TYPE", nargs="*", default=[],
                        help="types to tag through the Resource Groups Tagging API")
    arguments = parser.parse_args()
    scribe, rows = bed.chosen(arguments)
    print(json.dumps(play(os.path.abspath(arguments.binary), scribe, rows, arguments.through_resource_groups), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
