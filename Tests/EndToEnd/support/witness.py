"""The tests' long-lived companion: a fake AWS, and boto3 as the witness of what it holds.

Speaks JSON, one object a line: a request `{"id": 1, "do": "call", …}` on stdin, its answer `{"id": 1, "result": …}` or
`{"id": 1, "error": {"code": …, "message": …}}` on stdout. Requests run side by side, so an answer may overtake another. The
end of stdin ends the process.
"""
from __future__ import annotations

import concurrent.futures
import json
import sys
import threading
import urllib.error
import urllib.request

import boto3
import botocore.config
import botocore.exceptions
from botocore.utils import parse_to_aware_datetime

from . import envelopes, identities, queues
from .deployment import Deployment
from .fake_aws import FakeAWS, Fault
from .recorder import Recorder, now
from .runtime_api import RuntimeAPI

# The witness signs as somebody else than the programs under test, so that the journal tells them apart.
WITNESS = {"aws_access_key_id": "AKIAWITNESS000000001", "aws_secret_access_key": "witness"}
PATIENCE_SECONDS = 60


class Witness:
    def __init__(self, aws: FakeAWS):
        self._aws = aws
        self._faults: list = []
        self._runtimes: list = []
        self._session = boto3.Session(**WITNESS)
        self._idle: dict = {}
        self._making = threading.Lock()
        self._deployments: dict = {}

    def hello(self):
        return {"url": self._aws.url}

    def call(self, operation, params=None, service="ec2", region="us-east-1", identity="alice", eventTime=None):
        """Makes one call as somebody and returns the answer with the record that CloudTrail would write about it."""
        client, recorder = self._take(service, region)
        recorder.identity = identities.NAMED[identity] if isinstance(identity, str) else identity
        moment = parse_to_aware_datetime(eventTime) if eventTime else None
        recorder.clock = (lambda: moment) if moment else now
        try:
            answer = getattr(client, operation)(**(params or {}))
            answer.pop("ResponseMetadata", None)
        except botocore.exceptions.ClientError as error:
            answer = {"Error": error.response["Error"]}
        event = recorder.last
        self._idle[service, region].append((client, recorder))
        return {"answer": answer, "event": event}

    def _take(self, service, region):
        """A client that no other call is using: making one is slow, and so is not done for every call."""
        with self._making:
            idle = self._idle.setdefault((service, region), [])
            if idle:
                return idle.pop()
            client = self._session.client(
                service, region_name=region, endpoint_url=self._aws.url,
                config=botocore.config.Config(retries={"total_max_attempts": 1}))
            return client, Recorder(client, identities.NAMED["alice"])

    def deploy(self, policies, pattern, function=False):
        """A deployment in an account of its own."""
        made = Deployment(self._session, self._aws.url, self._making)
        facts = made.make(policies, pattern, function)
        self._deployments[facts["account"]] = made
        return facts

    def change(self, account, service, operation, params):
        """Any call of boto3 within a deployment's account."""
        return self._deployments[account].call(service, operation, params)

    def skew(self, accessKey, seconds):
        """Lets AWS's clock be so far ahead for one caller."""
        self._aws.clock.skews[accessKey] = seconds
        return True

    def calls(self, accessKey):
        return self._aws.calls(accessKey)

    def fault(self, **fault):
        self._faults.append(self._aws.add(Fault(**{
            "access_key": fault["accessKey"], "action": fault["action"], "kind": fault["kind"],
            "containing": fault.get("containing", ""), "times": fault.get("times", 1),
            "refusal": fault.get("refusal")})))
        return len(self._faults) - 1

    def reached(self, fault):
        return self._faults[fault].reached.wait(PATIENCE_SECONDS)

    def release(self, fault):
        self._faults[fault].released.set()
        return True

    def write(self, path, kind, events):
        envelopes.write(path, kind, events)
        return path

    def put_log(self, bucket, key, events):
        """Lays a log file into a bucket, as a trail does."""
        client = self._session.client(
            "s3", region_name="us-east-1", endpoint_url=self._aws.url,
            config=botocore.config.Config(s3={"addressing_style": "path"}))
        client.create_bucket(Bucket=bucket)
        client.put_object(Bucket=bucket, Key=key, Body=envelopes.content("log.json.gz", events))
        return key

    def queue(self, name, deadAfter=None):
        return queues.make(self._sqs(), name, deadAfter)

    def send(self, queue, events=(), texts=()):
        """Puts events, as a rule sends them, and any other texts into a queue, a message each."""
        bodies = [json.dumps(envelopes.eventbridge(one)) for one in events] + list(texts)
        for body in bodies:
            self._sqs().send_message(QueueUrl=queue, MessageBody=body)
        return len(bodies)

    def depth(self, queue):
        return queues.depth(self._sqs(), queue)

    def _sqs(self):
        with self._making:
            if not hasattr(self, "_queues"):
                self._queues = self._session.client("sqs", region_name="us-east-1", endpoint_url=self._aws.url)
            return self._queues

    def get(self, url):
        """A GET: the status and the text, or nothing where nobody listens."""
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return {"status": answer.status, "text": answer.read().decode()}
        except urllib.error.HTTPError as error:
            return {"status": error.code, "text": error.read().decode()}
        except OSError:
            return None

    def runtime(self, events, wrapped=True):
        self._runtimes.append(RuntimeAPI([envelopes.eventbridge(one) if wrapped else one for one in events]))
        return {"runtime": len(self._runtimes) - 1, "address": self._runtimes[-1].address}

    def answers(self, runtime, count):
        return self._runtimes[runtime].wait_for_answers(count, PATIENCE_SECONDS)


def main() -> None:
    writing = threading.Lock()

    def say(answer):
        with writing:
            print(json.dumps(answer, default=str), flush=True)

    with FakeAWS() as aws, concurrent.futures.ThreadPoolExecutor(32) as pool:
        witness = Witness(aws)

        def answer(request):
            number, verb = request.pop("id"), request.pop("do")
            try:
                say({"id": number, "result": getattr(witness, verb)(**request)})
            except Exception as error:  # the test that asked shows it
                say({"id": number, "error": {"code": type(error).__name__, "message": str(error)}})

        for line in sys.stdin:
            pool.submit(answer, json.loads(line))
        for fault in aws.faults:
            fault.released.set()


if __name__ == "__main__":
    main()
