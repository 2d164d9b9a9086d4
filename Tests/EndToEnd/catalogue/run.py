"""Plays the catalogue against moto, with the real program and boto3 as the witness.

    cd Tests/EndToEnd && ../../.venv/bin/python3 -m catalogue.run ../../.build/debug/autotagger [--bed] [--minimum N]

Without `--bed` our own creations are played, with records of our own recorder; with it the cases of the companion files'
`moto_bed.json`, one by one, with records of theirs.
"""
import argparse
import json
import os
import sys

from support.fake_aws import FakeAWS

from . import bed, trial


def play(binary: str, scribe, rows=None) -> list[dict]:
    """The cases, each with what is wrong with it; all of ours, or those that match the bed's rows."""
    with FakeAWS() as aws:
        account = trial.make(aws.url, scribe)
        events = [case.event for case in account.cases if case.event]
        reports = trial.process(binary, events, aws.url)
        verdicts = []
        for name, case in _named(account.cases, rows):
            report = reports.get(case.event["eventID"]) if case and case.event else None
            wrong = trial.problem(account, case, report, scribe.maker) if case else "nothing here makes it"
            kinds = sorted({resource["type"] for resource in (report or {}).get("resources", [])})
            verdicts.append({"case": name, "types": kinds, "problem": wrong})
        return verdicts


def _named(cases, rows):
    return [(row["case"], bed.match(row, cases)) for row in rows] if rows else [(case.name, case) for case in cases]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("binary")
    bed.add_option(parser)
    parser.add_argument("--minimum", type=int, default=0, help="how many cases must pass; by default all")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    arguments = parser.parse_args()
    scribe, rows = bed.chosen(arguments)
    verdicts = play(os.path.abspath(arguments.binary), scribe, rows)
    passed = [one for one in verdicts if not one["problem"]]
    if arguments.format == "json":
        print(json.dumps(verdicts, indent=1))
    else:
        for one in verdicts:
            if one["problem"]:
                print("%s: %s" % (one["case"], one["problem"]))
        types = {kind for one in passed for kind in one["types"]}
        print("%d of %d: tagged and read back, of %d resource types" % (len(passed), len(verdicts), len(types)))
    return 0 if len(passed) >= (arguments.minimum or len(verdicts)) else 1


if __name__ == "__main__":
    sys.exit(main())
