#!/usr/bin/env python3
"""Compares the plugins with the newest botocore models.

Prints every call that makes something with an ARN in its answer and that no line covers, with a proposed line, and every
declared event that no model knows any longer. Ends with 1 when there is one of the latter.
"""
import re
import sys

import botocore.session

from plugins import lines

SESSION = botocore.session.get_session()
MAKES = re.compile(r"(Create|Register|Allocate|Restore|Copy|Import|Launch|Provision|Request)[A-Z]")


def arn_path(shape, depth=0):
    """The way to the first member that is an ARN, as CloudTrail spells it."""
    if shape is None or shape.type_name != "structure" or depth > 2:
        return None
    for name, member in shape.members.items():
        lowered = name[:1].lower() + name[1:]
        if member.type_name == "string" and re.search(r"(^|[a-z])Arn$|ARN$|^arn$", name):
            return lowered
    for name, member in shape.members.items():
        below = arn_path(member, depth + 1)
        if below:
            return "%s.%s" % (name[:1].lower() + name[1:], below)
    return None


def main():
    declared = {}
    for line in lines():
        for name in line["names"]:
            declared.setdefault(line["plugin"], set()).add(re.sub(r"(\d{8}|\d{4}_\d\d_\d\d)$", "", name))
    gone = 0
    for plugin in sorted(declared):
        if plugin not in SESSION.get_available_services():
            print("%s: botocore has no such service any longer" % plugin)
            gone += 1
            continue
        service = SESSION.get_service_model(plugin)
        for name in sorted(declared[plugin] - set(service.operation_names)):
            print("%s: %s is in no model any longer" % (plugin, name))
            gone += 1
        for name in service.operation_names:
            if name in declared[plugin] or not MAKES.match(name) or name.startswith("CreateTags"):
                continue
            path = arn_path(service.operation_model(name).output_shape)
            if path:
                kind = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", re.sub(r"^[A-Z][a-z]+", "", name)).lower()
                print("Plugins/%s/plugin.yaml:   %s: {on: %s, arn: responseElements.%s}" % (plugin, kind, name, path))
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
