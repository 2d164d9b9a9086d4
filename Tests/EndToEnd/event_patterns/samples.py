"""Events as CloudTrail hands them to EventBridge: of each trigger, and many that no rule should let through."""
import itertools
import json
import pathlib
import uuid

import botocore.session

from support import identities

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Fixtures"
# Records say whether they read in a boolean, in a string, or not at all.
NOT_READ_ONLY = [{"readOnly": False}, {"readOnly": "false"}, {}]
READ_ONLY = [{"readOnly": True}, {"readOnly": "true"}]


def record(source: str, name: str, **more) -> dict:
    return {
        "eventVersion": "1.11", "userIdentity": identities.root(),
        "eventTime": "2026-01-02T03:04:05Z", "eventSource": source, "eventName": name, "awsRegion": "us-east-1",
        "requestParameters": None, "responseElements": None, "eventID": str(uuid.uuid4()), "eventType": "AwsApiCall",
        "managementEvent": True, "recipientAccountId": identities.ACCOUNT, "eventCategory": "Management", **more}


def wanted(triggers: set) -> list:
    """The derived record of each trigger; RunInstances, which is code, has one of its own."""
    bodies = {}
    for line in (FIXTURES / "derived/records.ndjson").read_text().splitlines():
        body = json.loads(line)["record"]
        bodies[body["eventSource"], body["eventName"]] = body
        bodies.setdefault(body["eventName"], body)
    bodies["RunInstances"] = json.loads((FIXTURES / "ec2/RunInstances.json").read_text())
    forms = itertools.cycle(NOT_READ_ONLY)
    samples = []
    for source, name in sorted(triggers):
        # A service that logs under two sources has its records derived for one of them.
        body = bodies.get((source, name)) or bodies[name]
        parts = {key: body.get(key) for key in ("requestParameters", "responseElements")}
        samples.append(record(source, name, **parts, **next(forms)))
    return samples


def reading(services: dict, verbs: list, count: int) -> list:
    """Read-only calls of the same sources: those whose names begin as a broad rule's do, and one in turn of each source."""
    forms, session = itertools.cycle(READ_ONLY), botocore.session.get_session()
    modelled = set(session.get_available_services())
    disguised, plain = [], []
    for source, service in sorted(services.items()):
        # Models of services that AWS has closed are gone.
        names = session.get_service_model(service).operation_names if service in modelled else []
        disguised += [(source, name) for name in names if name.startswith(tuple(verbs)) and "Get" in name]
        plain += itertools.islice(((source, name) for name in names if name.startswith(("Describe", "Get", "List"))), 1)
    return [record(source, name, **next(forms)) for source, name in (disguised[:count // 10] + plain)[:count]]


def failed(samples: list) -> list:
    """Calls that would have made something but were refused."""
    return [{**one, "errorCode": "AccessDenied", "eventID": str(uuid.uuid4())} for one in samples]


def neighbours(samples: list) -> list:
    """Calls of the same sources that are named a little otherwise, and the same calls of a source that is none."""
    return [{**one, "eventID": str(uuid.uuid4()), key: one[key] + "x"}
            for one in samples for key in ("eventName", "eventSource")]
