"""What the `Rules` of a template say of its parameters. moto makes a stack without looking at them."""
from __future__ import annotations

from pathlib import Path

from cfnlint.decode import cfn_yaml

FUNCTIONS = {
    "Fn::Equals": lambda values: values[0] == values[1],
    "Fn::Not": lambda values: not values[0],
    "Fn::And": all,
    "Fn::Or": any,
    "Fn::Contains": lambda values: values[1] in values[0],
}


def broken(template: Path, given: dict) -> list:
    """What is said against the parameters; those that are not given have their defaults."""
    document = read(template)
    values = {name: str(given.get(name, one.get("Default", ""))) for name, one in document["Parameters"].items()}
    return [
        assertion["AssertDescription"] for rule in document["Rules"].values()
        if _value(rule.get("RuleCondition", True), values)
        for assertion in rule["Assertions"] if not _value(assertion["Assert"], values)]


def read(template: Path) -> dict:
    """The template, each short form of a function as the long one."""
    return cfn_yaml.load(str(template))


def _value(term, values: dict):
    if isinstance(term, list):
        return [_value(one, values) for one in term]
    if not isinstance(term, dict):
        return term
    (name, argument), = term.items()
    return values[argument] if name == "Ref" else FUNCTIONS[name](_value(argument, values))
