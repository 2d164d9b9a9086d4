#!/usr/bin/env python3
"""Writes Tests/Fixtures/derived/records.ndjson: for each declared resource the smallest records that it is found in.

The records come from botocore's models by way of a recorder that knows how CloudTrail writes a call down, so a path that no
model has shows here. An ARN with alternatives gets a record for each of them. `given` names the member of the request under
which the caller may name the same ARN: what he names was there before the call. Each line is marked `derived`; what was
observed stands in the fixtures beside it.

    derive_fixtures.py RECORDER.PY     (the folder of cloudtrail_recorder.py comes from the project's companion files)
"""
import importlib.util
import json
import pathlib
import re
import sys

import botocore.session

from plugins import ROOT, lines, undated

SESSION = botocore.session.get_session()
ACCOUNT, REGION = "123456789012", "us-east-1"


def sample(shape, name, namespace, depth=0):
    """A value of the shape, every member filled in, one element a list."""
    kind = shape.type_name
    if kind == "structure":
        if depth > 7:
            return {}
        return {m: sample(s, m, namespace, depth + 1) for m, s in shape.members.items()}
    if kind == "list":
        return [sample(shape.member, name, namespace, depth + 1)]
    if kind == "map":
        return {}
    if kind in ("integer", "long", "float", "double"):
        return 1
    if kind == "boolean":
        return True
    if kind == "timestamp":
        return "2026-01-02T03:04:05Z"
    if kind == "blob":
        return b""
    if name.lower().endswith(("arn", "arns", "stackid")) or name == "SerialNumber":
        return "arn:aws:%s:%s:%s:sample/%s" % (namespace, REGION, ACCOUNT, name.lower())
    if name == "QueueUrl":
        return "https://sqs.%s.amazonaws.com/%s/sample" % (REGION, ACCOUNT)
    return "sample-" + re.sub(r"[^a-z0-9]", "", name.lower())


def member(value, name):
    if not isinstance(value, dict):
        return None
    return next((v for k, v in value.items() if k.lower() == name.lower()), None)


def prune(value, steps):
    """The part of the tree that the steps lead to, or `None`; tolerant as FieldPath is."""
    if not steps:
        return None if value in (None, "", [], {}) else value
    name = steps[0].removesuffix("[]")
    if isinstance(value, list):
        found = [x for x in (prune(v, steps) for v in value) if x is not None]
        return found or None
    for key, inner in (value.items() if isinstance(value, dict) else ()):
        if key.lower() == name.lower():
            kept = prune(inner, steps[1:])
            if kept is None and steps[0].endswith("[]") and isinstance(inner, dict):
                for wrapper in ("items", "item", "member"):
                    if wrapper in inner:
                        kept = prune(inner[wrapper], steps[1:])
                        kept = None if kept is None else {wrapper: kept}
            return None if kept is None else {key: kept}
    if name in ("items", "item", "member"):
        for wrapper in ("items", "item", "member"):
            inner = member(value, wrapper)
            if inner is not None:
                kept = prune(inner, steps[1:])
                return None if kept is None else {wrapper: kept}
    return None


def follow(record, path, event):
    """The record's part that a path leads to: as it stands, below a wrapper named after the event, or without its own."""
    for alternative in path.split("??"):
        root, *steps = alternative.split("|")[0].strip().split(".")
        start = record.get(root)
        if start is None:
            continue
        for wrapper in (None, event + "Response", event + "Request"):
            inner = start if wrapper is None else member(start, wrapper)
            if inner is None:
                continue
            for some in (steps, steps[1:]):
                kept = prune(inner, some) if some else None
                if kept is not None:
                    return root, kept if wrapper is None else {wrapper: kept}
    return None


def merge(into, other):
    for key, value in other.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def paths(line):
    """The alternatives of an ARN, each with the paths that it takes."""
    for part in re.split(r"\?\?(?![^{]*\})", line["arn"]):
        part = part.strip()
        if "${" in part or part.startswith("arn:"):
            yield [v for v in re.findall(r"\$\{([^}]+)\}", part) if "." in v]
        else:
            yield [part]


def given(model, wanted):
    """The members of the request, as CloudTrail spells them, that are called like the end of a path to an ARN."""
    ends = {path.split(".")[-1].split("|")[0].strip().removesuffix("[]").lower() for path in wanted}
    members = model.input_shape.members if model.input_shape else {}
    return sorted(m[:1].lower() + m[1:] for m in members if m.lower() in ends and m.lower().endswith("arn"))


def smallest(record, wanted, name):
    """The record with nothing but what the paths lead to; `None` when one of them leads nowhere."""
    parts = [follow(record, path, name) for path in wanted]
    if not all(parts):
        return None
    small = {"requestParameters": None, "responseElements": None, "answer": None}
    for root, part in parts:
        small[root] = small[root] or {}
        merge(small[root], part)
    return small


def answer(line, service):
    """A sample of what the call under `ask` answers, and the paths of the record that it is asked with."""
    if not line["ask"]:
        return None, []
    shape = service.operation_model(line["ask"]["operation"]).output_shape
    asked = [v for v in re.findall(r"\$\{([^}]+)\}", json.dumps(line["ask"].get("with", {}))) if "." in v]
    reply = sample(shape, "", service.signing_name)
    return named_entries(shape, reply), asked


def named_entries(shape, value):
    """The sample with one entry in every map of names that a model lists, since samples of maps are empty."""
    if shape.type_name == "structure":
        return {m: named_entries(shape.members[m], v) for m, v in value.items()}
    if shape.type_name == "map" and getattr(shape.key, "enum", None):
        return {name: sample(shape.value, name, "") for name in shape.key.enum}
    return value


def main():
    if not pathlib.Path(sys.argv[1]).exists():
        print("There is no %s: set AUTOTAGGER_SHARED to the folder of the project's companion files." % sys.argv[1],
              file=sys.stderr)
        return 78
    spec = importlib.util.spec_from_file_location("recorder", sys.argv[1])
    recorder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recorder)
    # The record that says it answers with nothing is one of a dry run.
    recorder.NULL_RESPONSES.pop("cloud9", None)
    missing, out = [], []
    for line in lines():
        service = SESSION.get_service_model(line["plugin"])
        for name in line["names"]:
            operation = undated(name)
            if operation not in service.operation_names:
                missing.append("%s %s: no such operation" % (line["type"], name))
                continue
            model = service.operation_model(operation)
            namespace = service.signing_name
            request = sample(model.input_shape, "", namespace) if model.input_shape else {}
            response = sample(model.output_shape, "", namespace) if model.output_shape else {}
            record = {
                "requestParameters": recorder.request_parameters(model, request),
                "responseElements": recorder.response_elements(model, response, "sample-request"),
            }
            record["answer"], asked = answer(line, service)
            unseen, before = [], len(out)
            for alternative in paths(line):
                wanted = alternative + ([line["id"]] if line["id"] else []) + [w for w in line["when"] if w[0] != "!"]
                if any(path.startswith("answer.") for path in wanted):
                    wanted = wanted + asked
                small = smallest(record, wanted, name)
                if small is None:
                    unseen.append("%s %s: nothing at %s" % (line["type"], name, ", ".join(wanted)))
                    continue
                derived, told = {"type": line["type"], "derived": True}, small.pop("answer")
                named = given(model, alternative)
                if named:
                    derived["given"] = named
                derived["record"] = {"eventSource": line["sources"][0], "eventName": name, **small}
                if told:
                    derived["answer"] = told
                out.append(derived)
            # An alternative may be for a shape that the recorder does not write; one of them at least must be found.
            missing += unseen if len(out) == before else []
    folder = ROOT / "Tests/Fixtures/derived"
    folder.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(x, separators=(",", ":"), default=str) + "\n" for x in out)
    (folder / "records.ndjson").write_text(text)
    print("%d records derived" % len(out))
    for problem in missing:
        print(problem, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
