"""Writes down what a boto3 client of EC2 does as the records that CloudTrail would deliver about it.

Against moto this gives true-to-life events: moto then has the very resource that the event tells of.
"""
from __future__ import annotations

import datetime
import uuid

from . import ec2_shapes
from .identities import ACCOUNT

READ_ONLY = ("Describe", "Get", "List", "Search")


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


class Recorder:
    """Listens to one client; every call that is answered, well or badly, becomes one record."""

    def __init__(self, client, identity: dict, account: str = ACCOUNT, clock=None, sink=None):
        self.records: list = [] if sink is None else sink
        self.identity = identity
        self.clock = clock or now
        self._account = account
        self._region = client.meta.region_name
        events = client.meta.events
        events.register("before-parameter-build.ec2.*", self._remember)
        events.register("after-call.ec2.*", self._record)

    @property
    def last(self):
        return self.records[-1] if self.records else None

    def _remember(self, params, model, context, **_):
        # The hooks after the call are not given the parameters; the context goes through the whole call.
        context["cloudtrail_parameters"] = dict(params)

    def _record(self, http_response, parsed, model, context, **_):
        error = parsed.get("Error")
        record = {
            "eventVersion": "1.10",
            "userIdentity": self.identity,
            "eventTime": self.clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "eventSource": "ec2.amazonaws.com",
            "eventName": model.name,
            "awsRegion": self._region,
            "sourceIPAddress": "203.0.113.10",
            "userAgent": "aws-cli/2.31.0",
            "requestParameters": ec2_shapes.request_parameters(model, context["cloudtrail_parameters"]),
            "responseElements": None,
            "requestID": str(uuid.uuid4()),
            "eventID": str(uuid.uuid4()),
            "readOnly": model.name.startswith(READ_ONLY),
            "eventType": "AwsApiCall",
            "managementEvent": True,
            "recipientAccountId": self._account,
            "eventCategory": "Management",
        }
        if error:
            record["errorCode"] = "Client." + error["Code"]
            record["errorMessage"] = error["Message"]
        elif not record["readOnly"]:
            record["responseElements"] = ec2_shapes.response_elements(model, http_response.content)
        self.records.append(record)
