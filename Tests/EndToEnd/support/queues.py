"""Queues of the fake AWS, and what is in them."""
from __future__ import annotations

import json


def make(sqs, name: str, dead_after: int | None = None) -> dict:
    """A new queue, with one for dead letters behind it where a number of deliveries is given; their URLs."""
    urls = {"queue": sqs.create_queue(QueueName=name)["QueueUrl"]}
    if dead_after:
        urls["dead"] = sqs.create_queue(QueueName=name + "-dead")["QueueUrl"]
        policy = json.dumps({"deadLetterTargetArn": arn(sqs, urls["dead"]), "maxReceiveCount": str(dead_after)})
        sqs.set_queue_attributes(QueueUrl=urls["queue"], Attributes={"RedrivePolicy": policy})
    return urls


def arn(sqs, url: str) -> str:
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]


def depth(sqs, url: str) -> dict:
    """How many messages a queue has: to be had now, and in somebody's hands."""
    names = {"visible": "ApproximateNumberOfMessages", "hidden": "ApproximateNumberOfMessagesNotVisible"}
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(names.values()))["Attributes"]
    return {word: int(found[name]) for word, name in names.items()}


def left(sqs, url: str) -> int:
    """How many messages are not deleted yet, whether somebody holds them or not."""
    return sum(depth(sqs, url).values())
