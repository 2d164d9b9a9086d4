"""The callers that the demo and the tests act as, each written as CloudTrail writes its `userIdentity`."""
from __future__ import annotations

ACCOUNT = "123456789012"  # the account that moto plays


def iam_user(name: str, account: str = ACCOUNT) -> dict:
    return {
        "type": "IAMUser",
        "principalId": "AIDAEXAMPLE0000000001",
        "arn": f"arn:aws:iam::{account}:user/{name}",
        "accountId": account,
        "accessKeyId": "AKIAEXAMPLE000000001",
        "userName": name,
    }


def assumed_role(role: str, session: str, path: str = "", account: str = ACCOUNT) -> dict:
    issuer = {
        "type": "Role",
        "principalId": "AROAEXAMPLE0000000002",
        "arn": f"arn:aws:iam::{account}:role/{path}{role}",
        "accountId": account,
        "userName": role,
    }
    return {
        "type": "AssumedRole",
        "principalId": f"AROAEXAMPLE0000000002:{session}",
        "arn": f"arn:aws:sts::{account}:assumed-role/{role}/{session}",
        "accountId": account,
        "accessKeyId": "ASIAEXAMPLE000000002",
        "sessionContext": {
            "sessionIssuer": issuer,
            "attributes": {"creationDate": "2026-01-05T08:00:00Z", "mfaAuthenticated": "false"},
        },
    }


def single_sign_on(permission_set: str, email: str, account: str = ACCOUNT) -> dict:
    """Someone signed in through IAM Identity Center: the session carries the name, the role the permission set."""
    return assumed_role(
        f"AWSReservedSSO_{permission_set}_0123456789abcdef", email, "aws-reserved/sso.amazonaws.com/", account)


def root(account: str = ACCOUNT) -> dict:
    return {
        "type": "Root",
        "principalId": account,
        "arn": f"arn:aws:iam::{account}:root",
        "accountId": account,
        "accessKeyId": "ASIAEXAMPLE000000003",
    }


def through_cloudformation(name: str, account: str = ACCOUNT) -> dict:
    """A person for whom CloudFormation made the call."""
    return {**iam_user(name, account), "invokedBy": "cloudformation.amazonaws.com"}


NAMED = {
    "alice": iam_user("alice"),
    "bob": single_sign_on("Developer", "bob@example.com"),
    "root": root(),
    "stack": through_cloudformation("carol"),
}
