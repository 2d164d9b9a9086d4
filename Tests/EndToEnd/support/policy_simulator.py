"""IAM's SimulatePrincipalPolicy, which moto lacks: answered in the shape of IAM's API reference.

Judges by the policies that moto holds for the role: its inline ones and those that are attached. Of conditions it knows
`aws:TagKeys`, the only one that the project's own policies have; any other counts as missing, as IAM says of a context key
that the request did not bring.
"""
from __future__ import annotations

import fnmatch
import json
from xml.sax.saxutils import escape

from moto.iam.models import iam_backends

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
        statements = list(_statements(source))
    except LookupError:
        return "404 Not Found", ERROR.format(escape(source))
    resources = _members(form, "ResourceArns") or ["*"]
    tag_keys = None
    if form.get("ContextEntries.member.1.ContextKeyName") == ["aws:TagKeys"]:
        tag_keys = _members(form, "ContextEntries.member.1.ContextKeyValues")
    results = "".join(_result(action, resource, statements, tag_keys)
                      for action in _members(form, "ActionNames") for resource in resources)
    return "200 OK", SHAPE.format(results)


def _members(form: dict, name: str) -> list:
    found = []
    while value := form.get(f"{name}.member.{len(found) + 1}"):
        found.append(value[0])
    return found


def _statements(arn: str):
    account, _, name = arn.split(":")[4], *arn.split(":")[5].partition("/")[::2]
    backend = iam_backends[account]["aws"]
    role = next((role for role in backend.roles.values() if role.arn == arn), None)
    if role is None:
        raise LookupError(name)
    documents = list(role.policies.values()) + [
        next(version.document for version in policy.versions if version.is_default)
        for policy in role.managed_policies.values()]
    for document in documents:
        parsed = json.loads(document) if isinstance(document, str) else document
        yield from _list(parsed["Statement"])


def _list(value) -> list:
    return value if isinstance(value, list) else [value]


def _result(action: str, resource: str, statements: list, tag_keys) -> str:
    decision, missing = "implicitDeny", []
    for statement in statements:
        if not any(fnmatch.fnmatch(action.lower(), one.lower()) for one in _list(statement.get("Action", []))):
            continue
        if not any(resource == "*" and one == "*" or fnmatch.fnmatchcase(resource, one)
                   for one in _list(statement.get("Resource", []))):
            continue
        met, open_keys = _conditions(statement.get("Condition", {}), tag_keys)
        missing += open_keys
        if met and statement["Effect"] == "Deny":
            decision = "explicitDeny"
            break
        if met:
            decision = "allowed"
    keys = "" if decision == "allowed" else "".join(f"<member>{escape(key)}</member>" for key in missing)
    return (f"<member><EvalActionName>{escape(action)}</EvalActionName>"
            f"<EvalResourceName>{escape(resource)}</EvalResourceName><EvalDecision>{decision}</EvalDecision>"
            f"<MissingContextValues>{keys}</MissingContextValues></member>")


def _conditions(conditions: dict, tag_keys):
    """Whether all are met, and the keys that nobody can tell."""
    met, missing = True, []
    for operator, keys in conditions.items():
        for key, values in keys.items():
            if key == "aws:TagKeys" and operator.startswith("ForAllValues:String"):
                met = met and all(any(fnmatch.fnmatchcase(one, value) for value in _list(values))
                                  for one in tag_keys or [])
            else:
                met, missing = False, missing + [key]
    return met, missing
