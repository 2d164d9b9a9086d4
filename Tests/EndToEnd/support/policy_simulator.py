"""IAM's SimulatePrincipalPolicy, which moto lacks: answered in the shape of IAM's API reference.

Judges by the policies that moto holds for the role. Of conditions only those on `aws:TagKeys` can be told, as the project's own
policies have them; any other key counts as missing, as IAM says of one that the request did not bring.
"""
from __future__ import annotations

import json
from xml.sax.saxutils import escape

from moto.iam.models import iam_backends

from .policy import Decision, Policy

SHAPE = ('<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">'
         "<SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>{}</EvaluationResults>"
         "</SimulatePrincipalPolicyResult><ResponseMetadata><RequestId>simulated</RequestId></ResponseMetadata>"
         "</SimulatePrincipalPolicyResponse>")
ERROR = ("<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>{} cannot be found.</Message></Error>"
         "<RequestId>simulated</RequestId></ErrorResponse>")


def answer(form: dict):
    """The status line and the body for a request's form."""
    source = form["PolicySourceArn"][0]
    try:
        documents = _documents(source)
    except LookupError:
        return "404 Not Found", ERROR.format(escape(source))
    policy = Policy(documents)
    resources, context = _members(form, "ResourceArns") or ["*"], _context(form)
    results = "".join(_result(action, resource, policy.decide(action, resource, context))
                      for action in _members(form, "ActionNames") for resource in resources)
    return "200 OK", SHAPE.format(results)


def _context(form: dict) -> dict:
    """The condition keys that the request brings, each with its values."""
    found = {}
    while name := form.get(f"ContextEntries.member.{len(found) + 1}.ContextKeyName"):
        found[name[0]] = _members(form, f"ContextEntries.member.{len(found) + 1}.ContextKeyValues")
    return found


def _members(form: dict, name: str) -> list:
    found = []
    while value := form.get(f"{name}.member.{len(found) + 1}"):
        found.append(value[0])
    return found


def _documents(arn: str) -> list:
    """The role's policies: its inline ones and those that are attached."""
    role = next((role for role in iam_backends[arn.split(":")[4]]["aws"].roles.values() if role.arn == arn), None)
    if role is None:
        raise LookupError(arn)
    documents = list(role.policies.values()) + [
        next(version.document for version in policy.versions if version.is_default)
        for policy in role.managed_policies.values()]
    return [json.loads(document) if isinstance(document, str) else document for document in documents]


def _result(action: str, resource: str, decision: Decision) -> str:
    keys = "" if decision.name == "allowed" else "".join(f"<member>{escape(key)}</member>" for key in decision.missing)
    return (f"<member><EvalActionName>{escape(action)}</EvalActionName>"
            f"<EvalResourceName>{escape(resource)}</EvalResourceName><EvalDecision>{decision.name}</EvalDecision>"
            f"<MissingContextValues>{keys}</MissingContextValues></member>")
