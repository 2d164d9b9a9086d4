"""The auto-tagger that one would write in an afternoon: a Lambda function over boto3, with the loop that Lambda's Python runtime
puts around it. No ledger, no look at existing tags, instances with their volumes and interfaces only."""
import http.client
import json
import os

import boto3

ec2 = boto3.client("ec2")


def handler(event, _):
    # From a rule's own target there is one event, from a queue there are several.
    events = [json.loads(one["body"]) for one in event["Records"]] if "Records" in event else [event]
    return {"tagged": sum(tag(one["detail"]) for one in events)}


def tag(detail):
    identity = detail["userIdentity"]
    who = identity.get("userName") or identity["arn"].rpartition("/")[2]
    ids = [one["instanceId"] for one in detail["responseElements"]["instancesSet"]["items"]]
    resources = list(ids)
    for reservation in ec2.describe_instances(InstanceIds=ids)["Reservations"]:
        for instance in reservation["Instances"]:
            resources += [one["Ebs"]["VolumeId"] for one in instance["BlockDeviceMappings"]]
            resources += [one["NetworkInterfaceId"] for one in instance["NetworkInterfaces"]]
    ec2.create_tags(
        Resources=resources,
        Tags=[
            {"Key": "Creator", "Value": who}, {"Key": "CreatorArn", "Value": identity["arn"]},
            {"Key": "CreatedAt", "Value": detail["eventTime"]},
        ])
    return len(resources)


def main():
    runtime = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    while True:
        runtime.request("GET", "/2018-06-01/runtime/invocation/next")
        response = runtime.getresponse()
        body = response.read()
        if response.status != 200:
            return
        answer = json.dumps(handler(json.loads(body), None))
        request = response.headers["Lambda-Runtime-Aws-Request-Id"]
        runtime.request("POST", f"/2018-06-01/runtime/invocation/{request}/response", answer)
        runtime.getresponse().read()


if __name__ == "__main__":
    main()
