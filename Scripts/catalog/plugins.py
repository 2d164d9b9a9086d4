"""The lines of every Plugins/<service>/plugin.yaml, as plain data."""
import pathlib
import re

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]


def many(value):
    """A list, whatever stands there."""
    return [] if value is None else value if isinstance(value, list) else [value]


def undated(name):
    """The operation behind an event's name."""
    return re.sub(r"(\d{8}(v\d+)?|\d{4}_\d\d_\d\d)$", "", name)


def lines():
    """Every declared line: its plugin, type, sources, names and the line itself."""
    for path in sorted(ROOT.glob("Plugins/*/plugin.yaml")):
        plugin = yaml.load(path.read_text(), Loader=yaml.BaseLoader)
        for kind, declared in plugin["resources"].items():
            for line in many(declared):
                yield {
                    "plugin": plugin["plugin"], "type": "%s:%s" % (plugin["plugin"], kind), "resource": kind,
                    "sources": many(line.get("source", plugin["source"])), "names": many(line["on"]),
                    "id": line.get("id"), "arn": line.get("arn", plugin.get("arn")), "when": many(line.get("when")),
                    "ask": line.get("ask"),
                }
