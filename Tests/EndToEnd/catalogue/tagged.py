"""The tag that a create call puts on what it makes, and that must still be there at the end."""
from support.identities import ACCOUNT

KEPT = ("Owner", "kept")
TAGS = [{"Key": KEPT[0], "Value": KEPT[1]}]
LOWER = [{"key": KEPT[0], "value": KEPT[1]}]
MAP = {KEPT[0]: KEPT[1]}
ROLE = "arn:aws:iam::%s:role/e2e" % ACCOUNT


def tagged(model, parameters):
    """The parameters of a call with the tag among them, where its model has a place for tags.

    EC2's `TagSpecifications` name the type of the resource, which no model tells; there the call itself gives the tag.
    """
    for name, shape in (model.input_shape.members if model.input_shape else {}).items():
        if "tag" in name.lower() and name not in parameters and (tags := _as(shape)):
            return {**parameters, name: tags}
    return parameters


def carries(parameters):
    """Whether the tag is among what a call was given."""
    return "'%s'" % KEPT[1] in str(parameters)


def _as(shape):
    if shape.type_name == "map" and shape.value.type_name == "string":
        return MAP
    if shape.type_name == "list" and shape.member.type_name == "structure":
        names = {name.lower().removeprefix("tag"): name for name in shape.member.members}
        if {"key", "value"} <= names.keys():
            return [{names["key"]: KEPT[0], names["value"]: KEPT[1]}]
    return None
