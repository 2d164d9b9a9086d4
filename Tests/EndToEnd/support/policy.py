"""IAM's evaluation of identity-based policies, as far as those of the project and of its tests go."""
from __future__ import annotations

import functools
import operator
import re
import typing


class Decision(typing.NamedTuple):
    """As IAM's simulator has it: allowed, explicitDeny or implicitDeny; and the condition keys that nobody can tell."""
    name: str
    missing: list


class Policy:
    """Policies that are attached together."""

    def __init__(self, documents: list):
        self.statements = [statement for document in documents for statement in _some(document["Statement"])]
        for statement in self.statements:
            if unknown := set(statement) - {"Sid", "Effect", "Action", "Resource", "Condition"}:
                raise ValueError("this evaluation knows no %s: %s" % (", ".join(sorted(unknown)), statement))

    @property
    def actions(self) -> set:
        return {action for statement in self.statements for action in _some(statement["Action"])}

    @property
    def bounded(self) -> set:
        """The actions that are allowed under a condition only."""
        return {action for statement in self.statements if "Condition" in statement for action in _some(statement["Action"])}

    def decide(self, action: str, resource: str, context: dict) -> Decision:
        """`context` has the values of each condition key that the request brings; a denial outweighs whatever allows."""
        effects, missing = set(), []
        for statement in self.statements:
            # Actions are the same in small letters and capitals; what they are done to is not.
            if not any(_like(action.lower(), one.lower()) for one in _some(statement["Action"])):
                continue
            if not any(_like(resource, one) for one in _some(statement["Resource"])):
                continue
            is_met, unknown = _conditions(statement.get("Condition", {}), context)
            missing += unknown
            if is_met:
                effects.add(statement["Effect"])
        name = "explicitDeny" if "Deny" in effects else "allowed" if effects else "implicitDeny"
        return Decision(name, missing)


def _conditions(stated: dict, context: dict) -> tuple:
    """Whether all are met, and the keys that nobody can tell: those of other conditions than on all values of a key."""
    is_met, missing = True, []
    for condition, keys in stated.items():
        quantifier, _, name = condition.rpartition(":")
        for key, values in keys.items():
            if quantifier != "ForAllValues" or name not in OPERATORS:
                is_met, missing = False, missing + [key]
                continue
            # "ForAllValues … returns true if there are no context keys in the request" ("Set operators" in IAM's user guide).
            is_met = is_met and all(
                any(OPERATORS[name](value, one) for one in _some(values)) for value in context.get(key, ()))
    return is_met, missing


def _like(text: str, pattern: str) -> bool:
    """IAM's wildcards: `*` is any characters, `?` is one."""
    return text == pattern or ("*" in pattern or "?" in pattern) and bool(_expression(pattern).fullmatch(text))


@functools.cache
def _expression(pattern: str) -> re.Pattern:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def _some(value) -> list:
    """What a policy may state as one or as a list."""
    return value if isinstance(value, list) else [value]


# Whether a value of the request is one that the statement has.
OPERATORS = {"StringEquals": operator.eq, "StringLike": _like}
