#!/usr/bin/env python3
"""Writes Tests/Fixtures/derived/operations.json: the operations that the plugins tag with, as botocore's models have them.

For each plugin and operation: the route, and the members of request and reply under their names on the wire. The lint of
the catalogue checks every `tagging:` against it.
"""
import json

import botocore.session
import yaml

from plugins import ROOT, many

SESSION = botocore.session.get_session()


def declared(plugin):
    """The names of the operations that a plugin file speaks of."""
    names = {"ListTagsForResource"}
    for line in [plugin] + [l for lines in plugin["resources"].values() for l in many(lines)]:
        tagging = line.get("tagging")
        if isinstance(tagging, dict):
            read = tagging.get("read")
            names |= {tagging.get("operation"), read.get("operation") if isinstance(read, dict) else read}
        if line.get("ask"):
            names.add(line["ask"]["operation"])
    return names


def members(shape):
    """A shape's members under their names on the wire; those of a payload too, since it is the whole body."""
    if shape is None:
        return []
    names = {s.serialization.get("name", m) for m, s in shape.members.items()}
    payload = shape.members.get(shape.serialization.get("payload"))
    if payload is not None and payload.type_name == "structure":
        names |= set(members(payload))
    return sorted(names)


def main():
    out = {}
    for path in sorted(ROOT.glob("Plugins/*/plugin.yaml")):
        plugin = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
        service = SESSION.get_service_model(plugin["plugin"])
        for name in sorted(declared(plugin) & set(service.operation_names)):
            model = service.operation_model(name)
            out.setdefault(plugin["plugin"], {})[name] = {
                "route": "%s %s" % (model.http["method"], model.http["requestUri"]),
                "request": members(model.input_shape), "reply": members(model.output_shape),
                "endpoint": service.endpoint_prefix, "signing": service.signing_name,
                "protocols": service.metadata.get("protocols", [service.metadata["protocol"]]),
                "target": service.metadata.get("targetPrefix"),
            }
    lines = ",\n".join("  %s: %s" % (json.dumps(k), json.dumps(v, sort_keys=True)) for k, v in sorted(out.items()))
    (ROOT / "Tests/Fixtures/derived/operations.json").write_text("{\n%s\n}\n" % lines)
    print("%d operations of %d services" % (sum(map(len, out.values())), len(out)))


if __name__ == "__main__":
    main()
