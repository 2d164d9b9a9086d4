"""The auto-tagger that one would write in an afternoon: a Lambda function over boto3, with the loop that Lambda's Python runtime
puts around it. No ledger, no look at existing tags, instances and volumes only."""
import http.client
import json
import os

import boto3

ec2 = boto3.client("ec2")


def handler(event, _):
    detail = event.get("detail", event)
    identity = detail["userIdentity"]
    who = identity.get("userName") or identity["arn"].rpartition("/")[2]
    instances = [one["instanceId"] for one in detail["responseElements"]["instancesSet"]["items"]]
    volumes = ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": instances}])["Volumes"]
    ec2.create_tags(
        Resources=instances + [one["VolumeId"] for one in volumes],
        Tags=[
            {"Key": "Creator", "Value": who}, {"Key": "CreatorArn", "Value": identity["arn"]},
            {"Key": "CreatedAt", "Value": detail["eventTime"]},
        ])
    return {"tagged": len(instances) + len(volumes)}


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
