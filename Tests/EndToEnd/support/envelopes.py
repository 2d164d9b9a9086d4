"""The wrappings in which CloudTrail's records arrive: what a rule, a queue, a topic or a bucket hands over."""
from __future__ import annotations

import gzip
import json
import uuid

from .identities import ACCOUNT


def eventbridge(record: dict) -> dict:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws." + record["eventSource"].partition(".")[0],
        "account": record["recipientAccountId"],
        "time": record["eventTime"],
        "region": record["awsRegion"],
        "resources": [],
        "detail": record,
    }


def entry(record: dict, source: str = "") -> dict:
    """An entry of PutEvents that delivers what EventBridge does with a record; from another source where one is given."""
    event = eventbridge(record)
    return {"Source": source or event["source"], "DetailType": event["detail-type"], "Detail": json.dumps(record)}


def sqs(bodies: list) -> dict:
    return {"Records": [
        {
            "messageId": str(uuid.uuid4()),
            "receiptHandle": "AQEBexample",
            "body": json.dumps(body),
            "attributes": {"ApproximateReceiveCount": "1"},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": f"arn:aws:sqs:us-east-1:{ACCOUNT}:autotagger",
            "awsRegion": "us-east-1",
        } for body in bodies]}


def sns(bodies: list) -> dict:
    return {"Records": [
        {
            "EventSource": "aws:sns",
            "EventVersion": "1.0",
            "EventSubscriptionArn": f"arn:aws:sns:us-east-1:{ACCOUNT}:autotagger:example",
            "Sns": {
                "Type": "Notification",
                "MessageId": str(uuid.uuid4()),
                "TopicArn": f"arn:aws:sns:us-east-1:{ACCOUNT}:autotagger",
                "Subject": None,
                "Message": json.dumps(body),
                "Timestamp": "2026-01-05T08:00:00.000Z",
            },
        } for body in bodies]}


def content(kind: str, records: list) -> bytes:
    """A file of records in one of the wrappings; the kind is also the file's natural name."""
    wrapped = [eventbridge(record) for record in records]
    texts = {
        "record.json": lambda: json.dumps(records[0]),
        "array.json": lambda: json.dumps(records),
        "records.ndjson": lambda: "".join(json.dumps(record) + "\n" for record in records),
        "eventbridge.json": lambda: json.dumps(wrapped[0]),
        "log.json": lambda: json.dumps({"Records": records}),
        "log.json.gz": lambda: json.dumps({"Records": records}),
        "sqs.json": lambda: json.dumps(sqs(wrapped)),
        "sns.json": lambda: json.dumps(sns(wrapped)),
        "sqs-of-sns.json": lambda: json.dumps(sqs([sns([one])["Records"][0]["Sns"] for one in wrapped])),
    }
    data = texts[kind]().encode()
    return gzip.compress(data) if kind.endswith(".gz") else data


def write(path: str, kind: str, records: list) -> None:
    with open(path, "wb") as file:
        file.write(content(kind, records))
