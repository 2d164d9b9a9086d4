"""How CloudTrail writes down the calls to every service but EC2: the API's own structures, with a few habits.

Most services log through one framework, which puts the first letter of every name in lower case (`dBInstanceArn`, `aRN`) and
leaves a list a list. The services of ``AS_SENT`` log what went over the wire instead.
"""
from __future__ import annotations

import datetime
import re

import botocore.utils

HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
SECRETS = re.compile(r"Password$|^Secret(String|Binary)$|^PrivateKey$|AuthToken$", re.IGNORECASE)

# The event source is the name that signatures carry, except here.
SOURCES = {"mq": "amazonmq", "pinpoint": "pinpoint", "application-autoscaling": "autoscaling"}

# Global services log in one region.
HOME_REGIONS = {
    **dict.fromkeys(("budgets", "ce", "cloudfront", "iam", "organizations", "route53", "shield", "waf"), "us-east-1"),
    **dict.fromkeys(("globalaccelerator", "networkmanager"), "us-west-2"),
}

# Services whose names stay as they are on the wire.
AS_SENT = {"connect", "databrew", "dataexchange", "detective", "mediatailor", "oam", "pinpoint", "resource-groups"}

# Services whose records show no response to calls that have one.
UNANSWERED = {
    ("autoscaling", "CreateAutoScalingGroup"), ("cloudwatch", "PutMetricAlarm"), ("elasticbeanstalk", "CreateApplication"),
    ("elasticbeanstalk", "CreateEnvironment"), ("keyspaces", "CreateKeyspace"), ("kinesis", "CreateStream"),
    ("logs", "CreateLogGroup"), ("redshift-serverless", "CreateWorkgroup"), ("s3", "CreateBucket"),
}


def event_source(operation) -> str:
    service = operation.service_model
    return SOURCES.get(service.service_name, service.signing_name) + ".amazonaws.com"


def event_name(operation) -> str:
    """The operation's name, which Lambda follows with the date of the API that the path begins with."""
    date = re.match(r"/(\d{4})-(\d\d)-(\d\d)/", operation.http.get("requestUri", ""))
    is_dated = date and operation.service_model.service_name == "lambda" and date[1] < "2016"
    return operation.name + ("".join(date.groups()) if is_dated else "")


def event_region(operation, region: str) -> str:
    return HOME_REGIONS.get(operation.service_model.service_name, region)


def request_parameters(operation, parameters: dict):
    """The request of an operation, with its parameters as they were given to boto3; `None` where there are none."""
    if operation.service_model.service_name == "s3":
        bucket = parameters.get("Bucket", "")
        return {"bucketName": bucket, "Host": f"{bucket}.s3.amazonaws.com"}
    if operation.input_shape is None or not parameters:
        return None
    return _body(operation, operation.input_shape, _structure(operation, operation.input_shape, parameters))


def response_elements(operation, parsed: dict, region: str, account: str):
    """The answer of an operation, as boto3 read it; `None` where CloudTrail shows none."""
    service, shape = operation.service_model.service_name, operation.output_shape
    answer = {name: value for name, value in parsed.items() if name != "ResponseMetadata"}
    if shape is None or not answer or (service, operation.name) in UNANSWERED:
        return None
    if "QueueUrl" in answer:
        name = answer["QueueUrl"].rpartition("/")[2]  # the fake answers with its own address
        answer["QueueUrl"] = f"https://sqs.{region}.amazonaws.com/{account}/{name}"
    elements = _structure(operation, shape, answer)
    only = next(iter(shape.members.items())) if len(shape.members) == 1 else None
    # RDS and its kin log the result without its one wrapper; botocore carries the mark but has no name for it.
    if only and only[1]._shape_model.get("wrapper"):
        return elements.get(_key(operation, *only))
    return _body(operation, shape, elements)


def _body(operation, shape, elements):
    """What was sent: of a service that logs the wire, the payload's members stand by themselves."""
    payload = shape.serialization.get("payload")
    if operation.service_model.service_name not in AS_SENT or not isinstance(elements.get(payload), dict):
        return elements
    return {**{name: value for name, value in elements.items() if name != payload}, **elements[payload]}


def _structure(operation, shape, values: dict) -> dict:
    members = {}
    for name, member in shape.members.items():
        if values.get(name) is not None and member.type_name != "blob":
            is_secret = member.metadata.get("sensitive") or SECRETS.search(name)
            value = HIDDEN if is_secret and isinstance(values[name], str) else _value(operation, member, values[name])
            members[_key(operation, name, member)] = value
    return members


def _value(operation, shape, value):
    kind = shape.type_name
    if kind == "structure":
        return _structure(operation, shape, value) if isinstance(value, dict) else value
    if kind == "list":
        return [_value(operation, shape.member, one) for one in value]
    if kind == "map":
        return {name: _value(operation, shape.value, one) for name, one in value.items()}
    if kind == "timestamp":
        moment = botocore.utils.parse_to_aware_datetime(value).astimezone(datetime.timezone.utc)
        is_iso = shape.serialization.get("timestampFormat") == "iso8601"
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if is_iso else _time(moment)
    return value


def _key(operation, name: str, shape) -> str:
    service = operation.service_model.service_name
    if service in AS_SENT:
        return shape.serialization.get("name", name)
    if service == "secretsmanager" and name == "ARN":
        return "arn"
    return name[:1].lower() + name[1:]


def _time(moment: datetime.datetime) -> str:
    hour = moment.hour % 12 or 12
    return f"{moment:%b} {moment.day}, {moment.year}, {hour}:{moment:%M:%S %p}"
