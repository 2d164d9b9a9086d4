"""Reads from botocore's models how a service spells "tag", in the words of a plugin.yaml's `tagging:`.

What a declaration leaves out has the defaults of Sources/Configuration/Declarations; they are written down here once more,
so that whatever this prints is as short as a person would write it.
"""
import botocore.session

SESSION = botocore.session.get_session()

# How services read tags that do not call it ListTagsForResource, and where the reply holds them.
READS = {
    "autoscaling:CreateOrUpdateTags": {
        "operation": "DescribeTags", "id": '""',
        "with": '{Filters: [{Name: auto-scaling-group, Values: ["${id}"]}]}'},
    "cloudtrail:AddTags": {"operation": "ListTags", "id": "ResourceIdList[]", "in": "ResourceTagList[].TagsList"},
    "datapipeline:AddTags": {
        "operation": "DescribePipelines", "id": "pipelineIds[]", "in": "pipelineDescriptionList[].tags"},
    "directconnect:TagResource": {
        "operation": "DescribeTags", "id": "resourceArns[]", "in": "resourceTags[].tags"},
    "elbv2:AddTags": {"operation": "DescribeTags", "in": '"TagDescriptions[].Tags"'},
    "elb:AddTags": {"operation": "DescribeTags", "in": '"TagDescriptions[].Tags"'},
    "emr:AddTags": {"operation": "DescribeCluster", "id": "ClusterId", "in": "Cluster.Tags"},
    "redshift:CreateTags": {"operation": "DescribeTags", "in": '"TaggedResources[].Tag"'},
    "mediaconvert:TagResource": {"operation": "ListTagsForResource", "uri": '"GET /2017-08-29/tags/{arn}"',
                                 "in": "resourceTags.tags"},
    "pinpoint:TagResource": {"operation": "ListTagsForResource", "in": "tags"},
    "compute-optimizer-automation:TagResource": {"with": "{}"},
    "ram:TagResource": None,
    "lightsail:TagResource": None,
    "route53:ChangeTagsForResource": {"in": "ResourceTagSet.Tags"},
    "route53-recovery-readiness:TagResource": {"operation": "ListTagsForResources"},
    "waf:TagResource": {"in": "TagInfoForResource.TagList"},
    "waf-regional:TagResource": {"in": "TagInfoForResource.TagList"},
    "wafv2:TagResource": {"in": "TagInfoForResource.TagList"},
    "s3:PutBucketTagging": {"operation": "GetBucketTagging", "in": "TagSet"},
    "kms:TagResource": {"operation": "ListResourceTags"},
    "secretsmanager:TagResource": {"operation": "DescribeSecret"},
    "sqs:TagQueue": {"operation": "ListQueueTags"},
    "firehose:TagDeliveryStream": {"operation": "ListTagsForDeliveryStream"},
    "glacier:AddTagsToVault": {"operation": "ListTagsForVault", "uri": '"GET /{accountId}/vaults/{vaultName}/tags"'},
    "acm:AddTagsToCertificate": {"operation": "ListTagsForCertificate"},
    "dynamodb:TagResource": {"operation": "ListTagsOfResource"},
    "workspaces:CreateTags": {"operation": "DescribeTags"},
    "cloudfront:TagResource": {
        "uri": '"GET /2020-05-31/tagging?Resource={Resource}"', "in": "Items"},
}


def quoted(text):
    """A scalar that is safe inside braces."""
    if isinstance(text, list):
        return "[%s]" % ", ".join(text)
    text = str(text)
    if text.startswith('"') or text.startswith("{") and text.endswith("}") and (":" in text or text == "{}"):
        return text
    if any(c in text for c in "{}[],#") or ": " in text or text != text.strip() or text == "":
        return '"%s"' % text
    return text


def flow(pairs):
    """`{a: 1, b: 2}`."""
    return "{%s}" % ", ".join("%s: %s" % (k, quoted(v)) for k, v in pairs.items())


def name_of(shape, member):
    return shape.members[member].serialization.get("name", member)


def route(operation):
    return operation.http["method"], operation.http["requestUri"]


class TaggingModel:
    """One tagging operation of a service, as declared."""

    def __init__(self, service, operation, plugin, source, facts):
        self.key = "%s:%s" % (service, operation)
        self.model = SESSION.get_service_model(service)
        self.operation = self.model.operation_model(operation)
        self.plugin, self.label, self.facts = plugin, source.split(".")[0], facts
        self.wire = facts["protocol"]
        if self.wire == "smithy-rpc-v2-cbor":
            self.wire = "json"

    def service_words(self):
        """The words of the whole service."""
        meta, words = self.model.metadata, {}
        if self.wire != "rest-json":
            words["wire"] = self.wire
        sdk = meta["serviceId"]
        if sdk.replace(" ", "_").replace("-", "_").lower() != self.plugin.replace("-", "_").lower():
            words["sdk"] = sdk
        endpoint = meta["endpointPrefix"]
        if endpoint != self.label:
            words["endpoint"] = endpoint
        signing = self.facts["signingName"]
        if signing != endpoint:
            words["signing"] = signing
        iam = {"cloudwatch": "cloudwatch"}.get(self.plugin)
        if self.plugin.startswith("partnercentral"):
            iam = "partnercentral"
        if self.plugin == "iotsecuretunneling":
            iam = "iot"
        if iam and iam != signing:
            words["service"] = iam
        if self.wire == "json":
            words["target"] = self.facts["targetPrefix"]
            if self.facts["jsonVersion"] and self.facts["jsonVersion"] != "1.1":
                words["json"] = '"%s"' % self.facts["jsonVersion"]
        if self.wire == "query":
            words["api"] = self.facts["apiVersion"]
        return words

    def operation_words(self, identifier, by, extra):
        """The words of the writing operation; `identifier` is the member that names the resource."""
        words, shape, tags = {"operation": self.operation.name}, self.operation.input_shape, self.facts["tags"]
        method, uri = route(self.operation)
        wire_name = None
        if identifier:
            is_list = shape.members[identifier].type_name == "list"
            wire_name = name_of(shape, identifier)
            words["id"] = wire_name + ("[]" if is_list else "")
        usual = ("POST", "/tags/{%s}" % wire_name) if self.wire.startswith("rest") else ("POST", "/")
        actual = uri
        member = shape.members.get(identifier) if identifier else None
        if member is not None and member.serialization.get("location") == "querystring":
            actual += ("&" if "?" in uri else "?") + "%s={%s}" % (wire_name, wire_name)
        if (method, actual) != usual:
            words["uri"] = "%s %s" % (method, actual) if method != "POST" else actual
        if extra.get("host"):
            words["host"] = extra["host"]
        if by == "id":
            words["by"] = "id"
        words["tags"] = tags["form"]
        place = tags["locationName"] + ("." + tags["wrapper"] if tags.get("wrapper") else "")
        lower = bool(wire_name) and wire_name[0].islower()
        if place != ("tags" if lower else "Tags"):
            words["in"] = place
        if tags["form"] == "list":
            casing = str.lower if place[0].islower() else str
            if tags["key"] != casing("Key"):
                words["key"] = tags["key"]
            if tags["value"] != casing("Value"):
                words["value"] = tags["value"]
            if tags.get("memberLocationName") and self.wire in ("query", "rest-xml"):
                words["element"] = tags["memberLocationName"]
        for key in ("headers", "with", "each", "namespace", "replaces", "checksum", "permissions"):
            if key in extra:
                words[key] = extra[key]
        read = self.read_words(words, wire_name, actual)
        if read is not None:
            words["read"] = read
        return words

    def read_words(self, write, wire_name, write_uri):
        """The words of the reading operation, or `None` where the defaults say it all."""
        special = READS.get(self.key, {})
        if special is None:
            return "none"
        special = dict(special)
        name = special.get("operation")
        if not name:
            name = self.usual_read()
        model = self.model.operation_model(name)
        words = {}
        if name != "ListTagsForResource":
            words["operation"] = name
        if "id" not in special and wire_name and not any(
                name_of(model.input_shape, m) == wire_name for m in model.input_shape.members):
            required = list(model.input_shape.required_members) or list(model.input_shape.members)
            member = [m for m in required if "token" not in m.lower() and "max" not in m.lower()][0]
            read_id = name_of(model.input_shape, member)
            words["id"] = read_id + ("[]" if model.input_shape.members[member].type_name == "list" else "")
        if self.wire.startswith("rest") and "uri" not in special:
            method, uri = route(model)
            member = next((m for m in model.input_shape.members
                           if name_of(model.input_shape, m) == words.get("id", wire_name)), None)
            if member and model.input_shape.members[member].serialization.get("location") == "querystring":
                uri += ("&" if "?" in uri else "?") + "{0}={{{0}}}".format(words.get("id", wire_name))
            in_path = wire_name is None or "{%s}" % wire_name in write_uri or "{%s+}" % wire_name in write_uri
            usual = ("GET", write_uri if in_path else "/tags/{%s}" % words.get("id", wire_name))
            if (method, uri) != usual:
                words["uri"] = "%s %s" % (method, uri)
        place = special.get("in")
        if not place:
            found = [name_of(model.output_shape, m) for m in model.output_shape.members if "tag" in m.lower()
                     and model.output_shape.members[m].type_name in ("list", "map")]
            place = found[0] if found else None
        default = write.get("in", "tags")
        if place and place.lower() != default.lower():
            words["in"] = place
        for key in ("id", "uri", "with"):
            if key in special:
                words[key] = special[key]
        if not words:
            return None
        if list(words) == ["operation"]:
            return words["operation"]
        return flow(words)

    def usual_read(self):
        """ListTagsForResource, or the one other operation that lists tags by the same member."""
        names = self.model.operation_names
        if "ListTagsForResource" in names:
            return "ListTagsForResource"
        wanted = [self.operation.name.replace("Tag", "List", 1) + "Tags", "ListTags", "GetTags"]
        return next(n for n in wanted if n in names)


WRITES = ("TagResource", "TagResources", "AddTagsToResource", "AddTags", "CreateTags", "TagQueue")


def tagging_operation(service):
    """The operation that puts tags on, or `None` where the service has none of the usual names."""
    return next((n for n in WRITES if n in service.operation_names), None)


def facts(service, operation):
    """What the model says of the operation's wire and of how it spells tags."""
    meta, shape = service.metadata, service.operation_model(operation).input_shape
    place = next((m for m, s in shape.members.items() if "tag" in m.lower() and s.type_name in ("list", "map")), None)
    if place is None:
        return None
    tags = {"form": shape.members[place].type_name, "locationName": name_of(shape, place)}
    if tags["form"] == "list" and shape.members[place].member.type_name == "structure":
        members = list(shape.members[place].member.members)
        tags["key"] = next((m for m in members if "key" in m.lower()), members[0])
        tags["value"] = next((m for m in members if "value" in m.lower()), members[-1])
        tags["memberLocationName"] = shape.members[place].member.serialization.get("name")
    return {
        "protocol": meta["protocol"], "signingName": service.signing_name, "targetPrefix": meta.get("targetPrefix"),
        "jsonVersion": meta.get("jsonVersion"), "apiVersion": meta["apiVersion"], "tags": tags}


def proposal(plugin, service):
    """The beginning of a plugin.yaml for a service that has none. The event source is a guess: mostly the signing name."""
    operation = tagging_operation(service)
    source = "%s.amazonaws.com" % service.signing_name
    known = facts(service, operation)
    words = {"operation": operation}
    if known:
        model = TaggingModel(plugin, operation, plugin, source, known)
        shape = model.operation.input_shape
        identifier = next((m for m in shape.required_members if "tag" not in m.lower()), None)
        words = model.service_words()
        try:
            words.update(model.operation_words(identifier, "arn", {}))
        except StopIteration:
            # It lists its tags under no usual name: a person has to look.
            words.update({"operation": operation, "id": identifier, "tags": known["tags"]["form"], "read": "…"})
    return "# %s.\nplugin: %s\nsource: %s\ntagging: %s\nresources:" % (
        service.metadata["serviceFullName"], plugin, source, flow(words))
