#!/usr/bin/env python3
"""Writes Scripts/linking/function-order: what a Lambda function runs from its start over some events, for the linker.

    order_functions.py FOLDER_OF_THE_PROGRAMS

Needs valgrind, which runs the function against the benchmark's fake of Lambda and AWS and notes each function that is entered.
Names that a later build no longer has are passed over by the linker: an old list costs some memory and nothing else.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ORDER = ROOT / "Scripts/linking/function-order"
EVENT = ROOT / "Tests/Fixtures/ec2/RunInstances.json"
EVENTS = 20


def entered(profile: Path) -> list:
    """The functions of a profile, in the order of their first entry, without those that the linker cannot name."""
    names = dict.fromkeys(re.findall(r"^c?fn=\(\d+\) (\S+)$", profile.read_text(), re.MULTILINE))
    return [name for name in names if "'" not in name and not name.startswith("0x")]


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 64
    programs = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        # valgrind stumbles over some compilers' debug information, and needs none for names.
        program, profile = Path(folder) / "function", Path(folder) / "profile"
        subprocess.run(["strip", "--strip-debug", "-o", program, programs / "autotagger-lambda"], check=True)
        desk = subprocess.Popen([programs / "lambda-benchmark-server", str(EVENTS), "0", EVENT], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        runtime, aws = desk.stdout.readline().split()
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "AWS_REGION": "ap-northeast-2", "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "secret", "AUTOTAGGER_LEDGER": str(Path(folder) / "ledger.sqlite"),
            "AWS_LAMBDA_RUNTIME_API": runtime, "AWS_ENDPOINT_URL": aws,
        }
        subprocess.run(["valgrind", "--quiet", "--tool=callgrind", "--demangle=no", f"--callgrind-out-file={profile}",
                        program], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)
        desk.stdin.close()
        desk.stdout.readline()
        answers = json.loads(desk.stdout.readline())["answers"]
        if answers != EVENTS:
            sys.exit(f"the function answered {answers} of {EVENTS} events well; nothing was written")
        names = entered(profile)
    ORDER.write_text("\n".join(names) + "\n")
    print(f"{len(names)} functions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
