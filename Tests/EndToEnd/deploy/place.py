"""An account's region in the fake AWS, as its people and as the witness see it."""
from __future__ import annotations

import boto3

from support import envelopes, identities
from support.recorder import Recorder

HOME = identities.ACCOUNT
MEMBER = "210987654321"


class Place:
    """One region of one account; another account than the fake's own is entered through a role, as people do."""

    def __init__(self, url: str, account: str, region: str):
        self.account, self.region, self._url = account, region, url
        keys = {"aws_access_key_id": "AKIAPEOPLE0000000001", "aws_secret_access_key": "secret"}
        if account != HOME:
            sts = boto3.client("sts", region_name=region, endpoint_url=url, **keys)
            role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
            given = sts.assume_role(RoleArn=role, RoleSessionName="people")["Credentials"]
            keys = {"aws_access_key_id": given["AccessKeyId"], "aws_secret_access_key": given["SecretAccessKey"],
                    "aws_session_token": given["SessionToken"]}
        self._session = boto3.Session(region_name=region, **keys)

    def __str__(self) -> str:
        return f"{self.account}/{self.region}"

    def client(self, service: str):
        return self._session.client(service, endpoint_url=self._url)

    def new_volume(self) -> tuple:
        """A volume that alice makes, and CloudTrail's record of it."""
        ec2 = self.client("ec2")
        recorder = Recorder(ec2, identities.iam_user("alice", self.account), self.account)
        volume = ec2.create_volume(AvailabilityZone=self.region + "a", Size=1)["VolumeId"]
        return volume, recorder.last

    def new_user(self, name: str) -> dict:
        """An IAM user that alice makes: IAM is of no region, and its records are in us-east-1."""
        made = self.client("iam").create_user(UserName=name)["User"]
        _, record = self.new_volume()
        return {
            **record, "eventSource": "iam.amazonaws.com", "eventName": "CreateUser", "awsRegion": "us-east-1",
            "eventID": record["eventID"][:-4] + "0000", "requestParameters": {"userName": name},
            "responseElements": {"user": {
                "path": "/", "userName": name, "userId": made["UserId"], "arn": made["Arn"],
                "createDate": "Jan 5, 2026 8:00:00 AM"}},
        }

    def put(self, record: dict, source: str = "") -> None:
        """Puts an event on the account's bus in this region, as CloudTrail does."""
        answer = self.client("events").put_events(Entries=[envelopes.entry(record, source)])
        assert answer["FailedEntryCount"] == 0, answer

    def tags_of_volume(self, volume: str) -> dict:
        tags = self.client("ec2").describe_tags(Filters=[{"Name": "resource-id", "Values": [volume]}])["Tags"]
        return {tag["Key"]: tag["Value"] for tag in tags}

    def tags_of_user(self, name: str) -> dict:
        return {tag["Key"]: tag["Value"] for tag in self.client("iam").list_user_tags(UserName=name)["Tags"]}

    def leftovers(self) -> list:
        """What carries AutoTagger's name here."""
        buses = [bus["Name"] for bus in self.client("events").list_event_buses()["EventBuses"]]
        found = [f"bus {name}" for name in buses if name != "default"]
        for bus in buses:
            found += [f"rule {bus}/{rule['Name']}" for rule in self.client("events").list_rules(EventBusName=bus)["Rules"]]
        found += [f"queue {url}" for url in self.client("sqs").list_queues().get("QueueUrls", [])]
        found += [f"table {name}" for name in self.client("dynamodb").list_tables()["TableNames"]]
        found += [f"function {one['FunctionName']}" for one in self.client("lambda").list_functions()["Functions"]]
        found += [f"role {one['RoleName']}" for one in self.client("iam").list_roles()["Roles"]]
        found += [f"policy {one['PolicyName']}" for one in self.client("iam").list_policies(Scope="Local")["Policies"]]
        found += [f"alarm {one['AlarmName']}" for one in self.client("cloudwatch").describe_alarms()["MetricAlarms"]]
        found += [f"log {one['logGroupName']}" for one in self.client("logs").describe_log_groups()["logGroups"]]
        return [one for one in found if "autotagger" in one.lower()]
