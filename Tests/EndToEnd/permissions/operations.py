"""Which AWS operation a request on the wire is, told from botocore's models: what AWS does before it asks IAM."""
from __future__ import annotations

import collections
import functools
import json
import pathlib
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

import botocore.session

from support import signatures

DERIVED = pathlib.Path(__file__).resolve().parents[2] / "Fixtures/derived/operations.json"
SESSION = botocore.session.get_session()
FORM_KEY = re.compile(r"(^|\.)(Key|TagKey|key)$")


class Request:
    """A request as it came: what it asks for, and the keys of the tags that it writes."""

    def __init__(self, method: str, target: str, headers: dict, body: bytes):
        self.method, self.body = method, body
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.path, _, query = target.partition("?")
        self.query = dict(urllib.parse.parse_qsl(query, keep_blank_values=True))
        _, self.signing = signatures.caller(self.headers.get("authorization", ""))
        if not self.signing:
            raise LookupError("a request without a signature: %s %s" % (method, target))
        self.service, self.operation, self.wire = self._identify()

    def __str__(self) -> str:
        return "%s:%s" % (self.service, self.operation)

    def _identify(self):
        """The model's name, the operation's, and the protocol."""
        target = self.headers.get("x-amz-target")
        if target:
            prefix, _, name = target.rpartition(".")
            services = [s for s in services_signed(self.signing) if model(s).metadata.get("targetPrefix") == prefix]
            return self._known(services, name), name, "json"
        if "x-www-form-urlencoded" in self.headers.get("content-type", ""):
            name, version = self.form.get("Action", ""), self.form.get("Version", "")
            services = [s for s in services_signed(self.signing) if model(s).api_version == version]
            service = self._known(services, name)
            return service, name, model(service).metadata["protocol"]
        routes = [(len(literal(uri)), service, name) for service in services_signed(self.signing)
                  for name, method, uri in rest_routes(service) if method == self.method and self._takes(uri)]
        if not routes:
            raise LookupError("no operation of %s is %s %s" % (self.signing, self.method, self.path))
        _, service, name = max(routes)
        return service, name, model(service).metadata["protocol"]

    def _known(self, services, name):
        found = [service for service in services if name in model(service).operation_names]
        if not found:
            raise LookupError("no service signed as %s has an operation %s" % (self.signing, name))
        return found[0]

    def _takes(self, uri: str) -> bool:
        path, _, query = uri.partition("?")
        needed = urllib.parse.parse_qsl(query, keep_blank_values=True)
        return (bool(re.fullmatch(path_pattern(path) + "/?", self.path))
                and all(key in self.query and (not value or self.query[key] == value) for key, value in needed))

    @functools.cached_property
    def form(self) -> dict:
        return dict(urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True))

    @functools.cached_property
    def document(self) -> dict:
        return json.loads(self.body) if self.body.strip() else {}

    @property
    def tag_keys(self) -> set:
        """The keys of all tags in the request, as IAM's `aws:TagKeys` has them."""
        if self.wire in ("query", "ec2"):
            return {value for name, value in self.form.items() if FORM_KEY.search(name) and "Tag" in name}
        if self.wire == "rest-xml":
            return {one.text for one in ElementTree.fromstring(self.body).iter() if one.tag.endswith("}Key") or
                    one.tag == "Key"} if self.body.strip() else set()
        return {key for name, value in self.document.items() if "tag" in name.lower() for key in keys(value)}


def keys(tags) -> set:
    """The keys of tags in a JSON document: a map's, or those of a list of pairs."""
    if isinstance(tags, list):
        return {value for tag in tags if isinstance(tag, dict)
                for name, value in tag.items() if name.lower() in ("key", "tagkey")}
    return set(tags) if isinstance(tags, dict) else set()


@functools.cache
def model(service: str):
    return SESSION.get_service_model(service)


def services_signed(signing: str) -> list:
    """The services whose requests are signed under a name; the plainest name first, so that rds is not neptune."""
    return sorted(services_by_signing()[signing], key=lambda name: (name != signing, name))


@functools.cache
def services_by_signing() -> dict:
    """The services that something is tagged with, and those that are asked besides."""
    # To read the signing names out of all four hundred models takes five seconds.
    found = collections.defaultdict(set, {"sts": {"sts"}, "ec2": {"ec2"}, "tagging": {"resourcegroupstaggingapi"}})
    for service, operations in json.loads(DERIVED.read_text()).items():
        found[next(iter(operations.values()))["signing"]].add(service)
    return found


@functools.cache
def rest_routes(service: str) -> list:
    operations = [model(service).operation_model(name) for name in model(service).operation_names]
    return [(one.name, one.http["method"], one.http["requestUri"]) for one in operations]


@functools.cache
def path_pattern(path: str) -> str:
    """A path with its labels as a regular expression; a label may hold an escaped slash, a greedy one any."""
    parts = re.split(r"(\{[^}]+\})", path)
    return "".join(("(.+)" if part.endswith("+}") else "([^/]+)") if part.startswith("{") else re.escape(part)
                   for part in parts)


def literal(uri: str) -> str:
    return re.sub(r"\{[^}]+\}", "", uri)
