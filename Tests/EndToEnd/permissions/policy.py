"""IAM's evaluation of what a role may do, as far as identity-based policies of Allow statements go."""
from __future__ import annotations

import fnmatch


class Policy:
    """Policies that are attached together."""

    def __init__(self, documents: list):
        self.statements = [statement for document in documents for statement in document["Statement"]]
        for statement in self.statements:
            self._refuse_unknown(statement)

    @staticmethod
    def _refuse_unknown(statement: dict) -> None:
        unknown = set(statement) - {"Sid", "Effect", "Action", "Resource", "Condition"}
        operators = set(statement.get("Condition", {})) - {"ForAllValues:StringEquals"}
        if unknown or operators or statement["Effect"] != "Allow" or statement["Resource"] != "*":
            raise ValueError("this evaluation knows no such statement: %s" % statement)

    @property
    def actions(self) -> set:
        return {action for statement in self.statements for action in statement["Action"]}

    @property
    def bounded(self) -> set:
        """The actions that are allowed under a condition only."""
        return {action for statement in self.statements if "Condition" in statement for action in statement["Action"]}

    def allows(self, action: str, context: dict) -> bool:
        """Whether some statement allows the action; `context` has a set of values for each condition key."""
        return any(any(fnmatch.fnmatchcase(action.lower(), one.lower()) for one in statement["Action"])
                   and self._holds(statement.get("Condition", {}), context) for statement in self.statements)

    @staticmethod
    def _holds(condition: dict, context: dict) -> bool:
        # "ForAllValues … returns true if there are no context keys in the request" ("Set operators" in IAM's user guide).
        return all(set(context.get(key, ())) <= set(values)
                   for keys in condition.values() for key, values in keys.items())
