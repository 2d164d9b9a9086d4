#!/usr/bin/env python3
"""Compares the plugins with the newest botocore models.

Prints every call that takes tags for what it makes and that no line covers, with a proposed line (a whole file where the
service has none yet), and every declared event that no model knows any longer. Ends with 1 when there is one of the latter.
What was looked at and left out stands in left-out.yaml, with its reason.
"""
import re
import sys

import botocore.session
import yaml

from plugins import ROOT, lines, undated
from tagging_models import proposal, tagging_operation

SESSION = botocore.session.get_session()
NO_MAKERS = re.compile(
    r"\w*(Tag|Untag)|(Update|Modify|Delete|Remove|List|Get|Describe|Search|Send|Batch|Promote|Generate|Terminate)")
TAGS = re.compile(r"^(\w*tags|tag_?list|tag_?set|tagspecifications?|tagging)$", re.IGNORECASE)
ARN = re.compile(r"(^|[a-z0-9])(Arn|ARN)$|^arn$")


def lowered(name):
    return name[:1].lower() + name[1:]


def makes_what_takes_tags(operation):
    """Whether tags may be given to what the call makes: then it can be tagged, whatever else is unknown."""
    shape = operation.input_shape
    return not NO_MAKERS.match(operation.name) and shape is not None and any(map(TAGS.match, shape.members))


def arns(shape, parent, given, depth=0):
    """Every ARN of an answer that the request does not give: its path as CloudTrail spells it, and what it is the ARN of."""
    if shape is None or shape.type_name != "structure" or depth > 2:
        return
    for name, member in shape.members.items():
        if member.type_name == "string" and ARN.search(name) and name.lower() not in given:
            yield lowered(name), re.sub(r"arn$", "", name.lower()) or parent
        for path, of in arns(member, name.lower(), given, depth + 1):
            yield "%s.%s" % (lowered(name), path), of


def arn_path(operation):
    """The way to the ARN that is called like what the call makes, or like a part of that name; not to a role's or a key's."""
    noun = re.sub(r"^[A-Z][a-z]+", "", operation.name).lower()
    given = {m.lower() for m in operation.input_shape.members}
    found = [(path, of) for path, of in arns(operation.output_shape, "", given) if of in noun or noun in of]
    return max(found, key=lambda x: len(x[1]))[0] if found else None


def proposed(operation):
    """A line for the call; without an ARN in its answer, what a person has to find out is left as a question."""
    path = arn_path(operation)
    kind = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", re.sub(r"^[A-Z][a-z]+", "", operation.name)).lower()
    if path:
        return "  %s: {on: %s, arn: responseElements.%s}" % (kind or "…", operation.name, path)
    return '  %s: {on: %s, arn: "arn:${partition}:…"}   # its answer tells no ARN of it' % (kind or "…", operation.name)


def uncovered(service, declared, left_out):
    """The service's calls that make something to be tagged, without those that are covered or left out."""
    for name in service.operation_names:
        if name not in declared and name not in left_out and makes_what_takes_tags(service.operation_model(name)):
            yield service.operation_model(name)


def main():
    left_out = yaml.safe_load((ROOT / "Scripts/catalog/left-out.yaml").read_text())
    declared, sources = {}, {}
    for line in lines():
        declared.setdefault(line["plugin"], set()).update(map(undated, line["names"]))
        sources.setdefault(line["plugin"], set()).update(line["sources"])
    gone = open_calls = 0
    for plugin in sorted(set(declared) - set(SESSION.get_available_services())):
        print("Plugins/%s/plugin.yaml: botocore has no such service any longer" % plugin)
        gone += 1
    for name in SESSION.get_available_services():
        if left_out.get(name) and not isinstance(left_out[name], dict):
            continue
        service = SESSION.get_service_model(name)
        for event in sorted(declared.get(name, set()) - set(service.operation_names)):
            print("Plugins/%s/plugin.yaml: %s is in no model any longer" % (name, event))
            gone += 1
        calls = list(uncovered(service, declared.get(name, set()), left_out.get(name, {})))
        if not calls or not (name in declared or tagging_operation(service)):
            continue
        open_calls += len(calls)
        print("\nPlugins/%s/plugin.yaml" % name)
        if name not in declared:
            print(proposal(name, service))
        for operation in calls:
            print(proposed(operation))
    print("\n%d calls that no line covers, %d lines that no model knows" % (open_calls, gone))
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
