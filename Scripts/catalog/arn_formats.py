#!/usr/bin/env python3
"""Writes Tests/Fixtures/derived/arn-formats.json: the ARN formats of the services whose ARNs the plugins put together.

They are those of AWS's Service Authorization Reference. The lint of the catalogue holds every ARN against them that no answer
of AWS tells.
"""
import json
import re

from authorization_reference import reference
from plugins import ROOT, lines


def services():
    """The third part of every ARN template."""
    return {service for line in lines() for service in re.findall(r"arn:\$\{partition\}:([a-z0-9-]+):", line["arn"] or "")}


def main():
    wanted, out = services(), {}
    for service in reference().values():
        for resource in service["resources"].values() if isinstance(service, dict) else ():
            parts = resource["arn"].split(":", 5)
            if len(parts) == 6 and parts[2] in wanted:
                out.setdefault(parts[2], set()).add(resource["arn"])
    lines_ = ",\n".join("  %s: %s" % (json.dumps(k), json.dumps(sorted(v))) for k, v in sorted(out.items()))
    (ROOT / "Tests/Fixtures/derived/arn-formats.json").write_text("{\n%s\n}\n" % lines_)
    print("%d ARN formats of %d services" % (sum(map(len, out.values())), len(out)))
    for service in sorted(wanted - set(out)):
        print("%s: the reference has no such service" % service)


if __name__ == "__main__":
    main()
