"""How CloudTrail writes down an EC2 request and its answer, which is not how the API sends them.

Two front ends of EC2 log in two ways. An action that existed in API version 2014-10-01 is *flat*: names start in lower case,
a list is `{"items": [...]}`, a time is milliseconds. Every later action is *wrapped*: the XML as JSON under `<Action>Request`
and `<Action>Response`, where a list's `item` is an object for one and an array for several, and nothing is quoted that
looks like a number or a truth value.
"""
from __future__ import annotations

import datetime
import functools
import xml.etree.ElementTree as ElementTree

import botocore.loaders
import botocore.utils

HIDDEN = "<sensitiveDataRemoved>"

# The flat form's lists are named after the wire, not after the API model.
FLAT_LISTS = {
    "BlockDeviceMappings": "blockDeviceMapping",
    "NetworkInterfaces": "networkInterfaceSet",
    "TagSpecifications": "tagSpecificationSet",
    "PrivateIpAddresses": "privateIpAddressesSet",
}
# RunInstances' oldest parameters stand one level deeper, as in the API of 2006.
LAUNCH_FIELDS = ("ImageId", "MinCount", "MaxCount", "KeyName")


@functools.lru_cache(maxsize=1)
def flat_actions() -> frozenset:
    """The actions of API version 2014-10-01, which botocore still carries."""
    model = botocore.loaders.Loader().load_service_model("ec2", "service-2", api_version="2014-10-01")
    return frozenset(model["operations"])


def request_parameters(operation, parameters: dict) -> dict:
    """The request of an operation, with its parameters as they were given to boto3."""
    parameters = {key: value for key, value in parameters.items() if key != "DryRun"}
    if operation.name not in flat_actions():
        return {f"{operation.name}Request": _wrapped_structure(operation.input_shape, parameters)}
    flat = {}
    if operation.name == "RunInstances":
        launch = {key: parameters.pop(key) for key in LAUNCH_FIELDS if key in parameters}
        flat["instancesSet"] = {"items": [_flat_structure(launch)]}
    flat.update(_flat_structure(parameters))
    return flat


def response_elements(operation, body: bytes) -> dict:
    """The answer of an operation, from the XML that was sent."""
    tree = ElementTree.fromstring(body)
    if operation.name not in flat_actions():
        members = _wrapped_element(tree)
        namespace = tree.tag.partition("}")[0].lstrip("{")
        return {_local(tree.tag): {"xmlns": namespace, **members} if isinstance(members, dict) else {}}
    answer = _flat_element(tree, operation.output_shape)
    request_id = tree.findtext("{*}requestId") or "00000000-0000-0000-0000-000000000000"
    answer = {"requestId": request_id, **answer}
    if "return" in answer:
        answer["_return"] = answer.pop("return")
    if "keyMaterial" in answer:
        answer["keyMaterial"] = HIDDEN
    if operation.name == "RunInstances":
        for instance in answer["instancesSet"]["items"]:
            # The volumes do not exist yet when EC2 answers.
            instance["blockDeviceMapping"] = {}
    return answer


def _flat_structure(parameters: dict) -> dict:
    members = {}
    for name, value in parameters.items():
        if name in ("SecurityGroupIds", "Groups"):
            members["groupSet"] = {"items": [{"groupId": group} for group in value]}
        elif name == "TagSpecifications":
            members["tagSpecificationSet"] = {"items": [_flat_tags(some) for some in value]}
        elif isinstance(value, list):
            key = FLAT_LISTS.get(name, _lower_first(name.rstrip("s")) + "Set")
            items = [_flat_structure(one) if isinstance(one, dict) else {_lower_first(name[:-1]): one} for one in value]
            members[key] = {"items": items}
        elif isinstance(value, dict):
            members[_lower_first(name)] = _flat_structure(value)
        else:
            members[_lower_first(name)] = _plain(value)
    return members


def _flat_tags(specification: dict) -> dict:
    tags = [{"key": tag["Key"], "value": tag["Value"]} for tag in specification.get("Tags", [])]
    return {"resourceType": specification["ResourceType"], "tags": tags}


def _wrapped_structure(shape, parameters: dict) -> dict:
    members = {}
    for name, value in parameters.items():
        member = shape.members[name]
        # The ec2 protocol's own rule for a parameter's name on the wire.
        wire = member.serialization.get("queryName") or _upper_first(member.serialization.get("name", name))
        members[wire] = _wrapped_value(member, value)
    return members


def _wrapped_value(shape, value):
    if shape.type_name == "structure":
        return _wrapped_structure(shape, value)
    if shape.type_name == "list":
        items = []
        for position, one in enumerate(value, start=1):
            item = _wrapped_value(shape.member, one)
            items.append({**item, "tag": position} if isinstance(item, dict) else {"tag": position, "content": item})
        return items[0] if len(items) == 1 else items
    return _plain(value)


def _flat_element(element, shape) -> dict:
    members = {}
    by_wire_name = {
        member.serialization.get("name", name): member for name, member in (shape.members if shape else {}).items()}
    for child in element:
        name = _local(child.tag)
        member = by_wire_name.get(name)
        if name == "requestId" or member is None:
            continue
        members[name] = _flat_value(child, member)
    return members


def _flat_value(element, shape):
    kind = shape.type_name
    if kind == "list":
        items = [_flat_value(item, shape.member) for item in element]
        return {"items": items} if items else {}
    if kind == "structure":
        return _flat_element(element, shape)
    text = element.text or ""
    if kind == "timestamp":
        return int(botocore.utils.parse_to_aware_datetime(text).timestamp() * 1000) if text else ""
    if kind == "boolean":
        return text == "true"
    if kind in ("integer", "long"):
        return int(text) if text else 0
    return text


def _wrapped_element(element):
    if len(element) == 0:
        return _unquoted(element.text or "")
    members = {}
    for child in element:
        name, value = _local(child.tag), _wrapped_element(child)
        if name in members:
            earlier = members[name]
            members[name] = (earlier if isinstance(earlier, list) else [earlier]) + [value]
        else:
            members[name] = value
    return members


def _unquoted(text: str):
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdecimal() and not text.startswith("0") and len(text) < 12 else text


def _plain(value):
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else value


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


def _upper_first(name: str) -> str:
    return name[:1].upper() + name[1:]
