"""The loop that a user would write who reads CloudTrail events from a queue and tags what was made: plain boto3.

Usage: plain_loop.py ENDPOINT QUEUE_URL EVENTS. Ends when so many messages were deleted, and prints its processor time.
"""
from __future__ import annotations

import json
import sys
import time

import boto3

SESSION = boto3.Session(aws_access_key_id="AKIAEXAMPLE000000001", aws_secret_access_key="secret")


def creator(identity: dict) -> str:
    return identity.get("userName") or identity.get("principalId", "").rpartition(":")[2] or identity.get("arn", "")


def resources(ec2, event: dict) -> list:
    answer = event.get("responseElements") or {}
    if event["eventName"] == "CreateVolume":
        return [answer["volumeId"]]
    if event["eventName"] == "RunInstances":
        ids = [item["instanceId"] for item in answer["instancesSet"]["items"]]
        found = list(ids)
        for reservation in ec2.describe_instances(InstanceIds=ids)["Reservations"]:
            for instance in reservation["Instances"]:
                found += [mapping["Ebs"]["VolumeId"] for mapping in instance.get("BlockDeviceMappings", [])]
                found += [card["NetworkInterfaceId"] for card in instance.get("NetworkInterfaces", [])]
        return found
    return []


def handle(ec2, event: dict) -> None:
    if event.get("errorCode"):
        return
    ids = resources(ec2, event)
    if ids:
        ec2.create_tags(Resources=ids, Tags=[
            {"Key": "Creator", "Value": creator(event["userIdentity"])},
            {"Key": "CreatorArn", "Value": event["userIdentity"].get("arn", "")},
            {"Key": "CreatedAt", "Value": event["eventTime"]},
        ])


def main() -> int:
    endpoint, queue, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    sqs = SESSION.client("sqs", region_name="ap-northeast-2", endpoint_url=endpoint)
    ec2 = SESSION.client("ec2", region_name="ap-northeast-2", endpoint_url=endpoint)
    done = 0
    began = time.process_time()
    while done < count:
        received = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=1)
        for message in received.get("Messages", []):
            handle(ec2, json.loads(message["Body"])["detail"])
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
            done += 1
    print(json.dumps({"cpu": time.process_time() - began}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
