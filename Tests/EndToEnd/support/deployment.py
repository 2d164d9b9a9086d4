"""A deployment of AutoTagger in an account of its own: trail, rule, queue with dead letters, role, and a function if wanted.

moto gives whoever assumes a role in another account that account's own world, so that deployments never see each other.
"""
from __future__ import annotations

import io
import itertools
import json
import threading
import zipfile

from . import ledger_table

REGION = "us-east-1"
_numbers = itertools.count(400000000001)


class Deployment:
    """What was made, and boto3 as the role in that account."""

    def __init__(self, session, url: str, making: threading.Lock):
        self._session, self._url, self._making, self._clients = session, url, making, {}
        self.account = str(next(_numbers))
        self.role = f"arn:aws:iam::{self.account}:role/autotagger"
        sts = self._client("sts")
        self._clients.clear()
        self.credentials = sts.assume_role(RoleArn=self.role, RoleSessionName="doctor")["Credentials"]
        self.facts = {
            "account": self.account, "role": self.role, "accessKey": self.credentials["AccessKeyId"],
            "secretKey": self.credentials["SecretAccessKey"], "token": self.credentials["SessionToken"],
        }

    def _client(self, service: str):
        with self._making:
            if service not in self._clients:
                keys = {}
                if hasattr(self, "credentials"):
                    keys = {"aws_access_key_id": self.credentials["AccessKeyId"],
                            "aws_secret_access_key": self.credentials["SecretAccessKey"],
                            "aws_session_token": self.credentials["SessionToken"]}
                self._clients[service] = self._session.client(
                    service, region_name=REGION, endpoint_url=self._url, **keys)
            return self._clients[service]

    def call(self, service: str, operation: str, params: dict):
        """Any call of boto3, as the role."""
        answer = getattr(self._client(service), operation)(**params)
        answer.pop("ResponseMetadata", None)
        return answer

    def make(self, policies: list, pattern: str, function: bool) -> dict:
        """The whole healthy deployment; answers what people would name of it."""
        self._make_role(policies)
        self._make_trail()
        self._make_queues()
        self._make_rule(pattern)
        if function:
            ledger_table.make(self._client("dynamodb"), "autotagger")
            self._make_function()
        return self.facts

    def _make_role(self, policies: list) -> None:
        trust = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}
        self.call("iam", "create_role", {"RoleName": "autotagger", "AssumeRolePolicyDocument": json.dumps(trust)})
        work = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Resource": f"arn:aws:sqs:{REGION}:{self.account}:autotagger",
            "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
        }, {
            "Effect": "Allow", "Resource": f"arn:aws:dynamodb:{REGION}:{self.account}:table/autotagger",
            "Action": ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:Query"],
        }]}
        for number, policy in enumerate(policies + [work]):
            self.call("iam", "put_role_policy", {
                "RoleName": "autotagger", "PolicyName": f"policy-{number}", "PolicyDocument": json.dumps(policy)})

    def _make_trail(self) -> None:
        bucket = f"trail-{self.account}"
        self.call("s3", "create_bucket", {"Bucket": bucket})
        made = self.call("cloudtrail", "create_trail", {
            "Name": "management", "S3BucketName": bucket, "IsMultiRegionTrail": True,
            "IncludeGlobalServiceEvents": True})
        # What AWS begins every trail with; moto begins with none.
        self.call("cloudtrail", "put_event_selectors", {
            "TrailName": "management", "EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": True}]})
        self.call("cloudtrail", "start_logging", {"Name": "management"})
        self.facts["trail"] = made["TrailARN"]

    def _make_queues(self) -> None:
        self.facts["deadLetters"] = self.call("sqs", "create_queue", {"QueueName": "autotagger-dead"})["QueueUrl"]
        redrive = {"deadLetterTargetArn": f"arn:aws:sqs:{REGION}:{self.account}:autotagger-dead", "maxReceiveCount": "5"}
        self.facts["queueArn"] = f"arn:aws:sqs:{REGION}:{self.account}:autotagger"
        policy = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage",
            "Resource": self.facts["queueArn"],
            "Condition": {"ArnEquals": {"aws:SourceArn": f"arn:aws:events:{REGION}:{self.account}:rule/autotagger"}},
        }]}
        self.facts["queuePolicy"] = json.dumps(policy)
        self.facts["queue"] = self.call("sqs", "create_queue", {"QueueName": "autotagger", "Attributes": {
            "VisibilityTimeout": "360", "RedrivePolicy": json.dumps(redrive), "Policy": json.dumps(policy)}})["QueueUrl"]

    def _make_rule(self, pattern: str) -> None:
        made = self.call("events", "put_rule", {"Name": "autotagger", "EventPattern": pattern, "State": "ENABLED"})
        self.facts["ruleArn"] = made["RuleArn"]
        self.call("events", "put_targets", {
            "Rule": "autotagger", "Targets": [{"Id": "autotagger", "Arn": self.facts["queueArn"]}]})

    def _make_function(self) -> None:
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("bootstrap", "")
        made = self.call("lambda", "create_function", {
            "FunctionName": "autotagger", "Runtime": "provided.al2023", "Role": self.role, "Handler": "bootstrap",
            "Timeout": 60, "Environment": {"Variables": {"AUTOTAGGER_LEDGER": "dynamodb://autotagger"}},
            "Code": {"ZipFile": archive.getvalue()}})
        self.facts["functionArn"] = made["FunctionArn"]
        mapping = self.call("lambda", "create_event_source_mapping", {
            "FunctionName": "autotagger", "EventSourceArn": self.facts["queueArn"], "Enabled": True,
            "FunctionResponseTypes": ["ReportBatchItemFailures"]})
        self.facts["mapping"] = mapping["UUID"]
