"""Writes down what a boto3 client does as the records that CloudTrail would deliver about it.

Against moto this gives true-to-life events: moto then has the very resource that the event tells of.
"""
from __future__ import annotations

import datetime
import uuid

from . import ec2_shapes, service_shapes
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
        # First and last of all hooks: others complete the parameters, and none shall change the answer before.
        events.register_last("before-parameter-build", self._remember)
        events.register_first("after-call", self._record)

    @property
    def last(self):
        return self.records[-1] if self.records else None

    def _remember(self, params, model, context, **_):
        # The hooks after the call are not given the parameters; the context goes through the whole call.
        context["cloudtrail_parameters"] = dict(params)

    def _record(self, http_response, parsed, model, context, **_):
        error = parsed.get("Error")
        is_ec2 = model.service_model.service_name == "ec2"
        shapes = ec2_shapes if is_ec2 else service_shapes
        record = {
            "eventVersion": "1.10",
            "userIdentity": self.identity,
            "eventTime": self.clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "eventSource": service_shapes.event_source(model),
            "eventName": service_shapes.event_name(model),
            "awsRegion": service_shapes.event_region(model, self._region),
            "sourceIPAddress": "203.0.113.10",
            "userAgent": "aws-cli/2.31.0",
            "requestParameters": shapes.request_parameters(model, context["cloudtrail_parameters"]),
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
            record["errorCode"] = ("Client." if is_ec2 else "") + error["Code"]
            record["errorMessage"] = error["Message"]
        elif not record["readOnly"]:
            record["responseElements"] = (
                ec2_shapes.response_elements(model, http_response.content) if is_ec2
                else service_shapes.response_elements(model, parsed, self._region, self._account))
        self.records.append(record)
