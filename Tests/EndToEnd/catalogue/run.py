#!/usr/bin/env python3
"""The catalogue end to end: creates through boto3 against moto, gives the events to the real binary, and reads back.

    run.py BINARY RECORDER.PY [--minimum TYPES]

Every resource must carry its maker's tag, and a tag that was put on at creation must still be there. The recorder writes
calls down as CloudTrail would; it comes with the project's companion files.
"""
import argparse
import importlib.util
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3

import creations
import witness

MAKER = "alice@example.com"

# What moto 5.2 does otherwise than AWS, so that these cannot pass.
MOTO = {
    "cloudfront/CreateDistribution": "moto's ARN lacks the field of the region",
    "networkmanager/CreateGlobalNetwork": "moto's ARN lacks the field of the region",
    "mediaconnect/CreateFlow": "moto answers NotFound for a flow without tags, and loses those of its creation",
    "directconnect/CreateConnection": "moto keeps the tags of creation under another ARN",
}


class Account:
    """Calls AWS on a maker's behalf, each call written down, a failed one noted."""

    def __init__(self, recorder, endpoint):
        self.endpoint, self.records, self.failures, self.shared = endpoint, [], [], {}
        self.session = boto3.Session("test", "test", region_name="us-east-1")
        self.plain = boto3.Session("test", "test", region_name="us-east-1")
        recorder.attach(self.session, identity="AssumedRoleSSO", sink=self.records)

    def client(self, session, service):
        return session.client(service, endpoint_url=self.endpoint)

    def quiet(self, service):
        """A client whose calls leave no record."""
        return self.client(self.plain, service)

    def __call__(self, service, operation, **parameters):
        try:
            return getattr(self.client(self.session, service), operation)(**parameters)
        except Exception as error:  # moto's gaps are of many kinds; each is reported
            self.failures.append("%s.%s: %s" % (service, operation, str(error)[:160]))
            return Nothing()


class Nothing(dict):
    """The answer of a call that failed: whatever is asked of it is nothing, too."""

    def __missing__(self, key):
        return Nothing()


def start_moto():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    endpoint = "http://127.0.0.1:%d" % port
    for _ in range(100):
        try:
            urllib.request.urlopen(endpoint + "/moto-api/", timeout=1).close()
            return server, endpoint
        except OSError:
            time.sleep(0.2)
    server.terminate()
    raise SystemExit("moto does not answer at " + endpoint)


def process(binary, records, endpoint):
    """The reports of the binary, one an event."""
    with tempfile.TemporaryDirectory() as folder:
        path, config = os.path.join(folder, "events.json"), os.path.join(folder, "autotagger.yaml")
        with open(path, "w") as out:
            json.dump({"Records": records}, out)
        environment = {
            "PATH": os.environ["PATH"], "HOME": folder, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_ENDPOINT_URL": endpoint, "AWS_REGION": "us-east-1",
            "AUTOTAGGER_LEDGER": os.path.join(folder, "ledger.sqlite")}
        done = subprocess.run([binary, "process", path, "--format", "ndjson"], env=environment, capture_output=True,
                              text=True)
        if done.stderr:
            print(done.stderr[-2000:], file=sys.stderr)
        return [json.loads(line) for line in done.stdout.splitlines()]


def verdict(account, resource, wants_kept):
    """What is wrong with a resource, or `None`."""
    if resource["outcome"] != "tagged":
        return json.dumps(resource.get("error") or resource["outcome"])[:200]
    service = resource["type"].split(":")[0]
    try:
        found = witness.tags(account.quiet(service), resource["type"], resource["arn"], resource["id"])
    except Exception as error:  # the witness's own trouble is a failed case, not a crash
        return "witness: %s %s" % (type(error).__name__, str(error)[:160])
    if found.get("Creator") != MAKER:
        return "Creator is %r among %s" % (found.get("Creator"), found)
    if wants_kept and found.get(creations.KEPT[0]) != creations.KEPT[1]:
        return "the tag of its creation is gone: %s" % found
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("recorder")
    parser.add_argument("--minimum", type=int, default=0, help="how many resources must pass")
    arguments = parser.parse_args()
    spec = importlib.util.spec_from_file_location("recorder", arguments.recorder)
    recorder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recorder)
    server, endpoint = start_moto()
    try:
        account = Account(recorder, endpoint)
        for create in creations.SERVICES:
            create(account)
        reports = process(arguments.binary, account.records, endpoint)
        passed, failed = set(), []
        kept = {r["eventID"]: creations.KEPT[1] in json.dumps(r["requestParameters"] or {}) for r in account.records}
        for report in reports:
            name = "%s/%s" % (report["eventSource"].split(".")[0], report["eventName"])
            if report["outcome"] != "tagged":
                failed.append("%s: %s %s %s" % (name, report["outcome"], report.get("reason"), json.dumps(report.get("error"))))
            for resource in report.get("resources") or []:
                problem = verdict(account, resource, kept.get(report["eventID"]))
                if problem:
                    failed.append("%s %s: %s" % (name, resource["arn"], problem))
                else:
                    passed.add((resource["type"], name))
        known = [line for line in failed if line.split(":")[0].split(" ")[0] in MOTO]
        failed = [line for line in failed if line not in known]
        for name, reason in sorted(MOTO.items()):
            print("left out %s: %s" % (name, reason))
        for line in failed:
            print("FAILED  " + line)
        for line in account.failures:
            print("no case " + line)
        types = {kind for kind, _ in passed}
        print("%d events of %d resource types tagged and read back, %d problems" % (len(passed), len(types), len(failed)))
        return 0 if not failed and len(types) >= arguments.minimum else 1
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main())
