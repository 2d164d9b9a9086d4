"""What boto3 says about the tags of a resource: the witness, which shares nothing with the program under test."""


def pairs(tags):
    """A dictionary, however the service spells its tags."""
    if isinstance(tags, dict):
        return tags
    found = {}
    for tag in tags or []:
        lowered = {k.lower(): v for k, v in tag.items()}
        found[lowered.get("key", lowered.get("tagkey"))] = lowered.get("value", lowered.get("tagvalue"))
    return found


def of_ec2(c, arn, ident):
    return c.describe_tags(Filters=[{"Name": "resource-id", "Values": [ident]}])["Tags"]


READS = {
    "ec2": of_ec2,
    "s3": lambda c, arn, ident: c.get_bucket_tagging(Bucket=ident)["TagSet"],
    "efs": lambda c, arn, ident: c.list_tags_for_resource(ResourceId=ident)["Tags"],
    "dynamodb": lambda c, arn, ident: c.list_tags_of_resource(ResourceArn=arn)["Tags"],
    "rds": lambda c, arn, ident: c.list_tags_for_resource(ResourceName=arn)["TagList"],
    "elasticache": lambda c, arn, ident: c.list_tags_for_resource(ResourceName=arn)["TagList"],
    "redshift": lambda c, arn, ident: [t["Tag"] for t in c.describe_tags(ResourceName=arn)["TaggedResources"]],
    "memorydb": lambda c, arn, ident: c.list_tags(ResourceArn=arn)["TagList"],
    "dax": lambda c, arn, ident: c.list_tags(ResourceName=arn)["Tags"],
    "opensearch": lambda c, arn, ident: c.list_tags(ARN=arn)["TagList"],
    "es": lambda c, arn, ident: c.list_tags(ARN=arn)["TagList"],
    "sqs": lambda c, arn, ident: c.list_queue_tags(QueueUrl=c.get_queue_url(QueueName=arn.split(":")[-1])["QueueUrl"])
    .get("Tags", {}),
    "kinesis": lambda c, arn, ident: c.list_tags_for_stream(StreamName=ident)["Tags"],
    "firehose": lambda c, arn, ident: c.list_tags_for_delivery_stream(DeliveryStreamName=ident)["Tags"],
    "mq": lambda c, arn, ident: c.list_tags(ResourceArn=arn)["Tags"],
    "kms": lambda c, arn, ident: c.list_resource_tags(KeyId=ident)["Tags"],
    "secretsmanager": lambda c, arn, ident: c.describe_secret(SecretId=arn)["Tags"],
    "acm": lambda c, arn, ident: c.list_tags_for_certificate(CertificateArn=arn)["Tags"],
    "acm-pca": lambda c, arn, ident: c.list_tags(CertificateAuthorityArn=arn)["Tags"],
    "ds": lambda c, arn, ident: c.list_tags_for_resource(ResourceId=ident)["Tags"],
    "organizations": lambda c, arn, ident: c.list_tags_for_resource(ResourceId=ident)["Tags"],
    "cloudhsmv2": lambda c, arn, ident: c.list_tags(ResourceId=ident)["TagList"],
    "lambda": lambda c, arn, ident: c.list_tags(Resource=arn)["Tags"],
    "autoscaling": lambda c, arn, ident: c.describe_auto_scaling_groups(
        AutoScalingGroupNames=[ident])["AutoScalingGroups"][0]["Tags"],
    "emr": lambda c, arn, ident: c.describe_cluster(ClusterId=ident)["Cluster"]["Tags"],
    "workspaces": lambda c, arn, ident: c.describe_tags(ResourceId=ident)["TagList"],
    "elbv2": lambda c, arn, ident: c.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"],
    "elb": lambda c, arn, ident: c.describe_tags(LoadBalancerNames=[ident])["TagDescriptions"][0]["Tags"],
    "apigatewayv2": lambda c, arn, ident: c.get_tags(ResourceArn=arn)["Tags"],
    "route53": lambda c, arn, ident: c.list_tags_for_resource(
        ResourceType=arn.split(":")[-1].split("/")[0], ResourceId=ident)["ResourceTagSet"]["Tags"],
    "cloudfront": lambda c, arn, ident: c.list_tags_for_resource(Resource=arn)["Tags"]["Items"],
    "directconnect": lambda c, arn, ident: c.describe_tags(resourceArns=[arn])["resourceTags"][0]["tags"],
    "cloudtrail": lambda c, arn, ident: c.list_tags(ResourceIdList=[arn])["ResourceTagList"][0]["TagsList"],
    "ssm": lambda c, arn, ident: c.list_tags_for_resource(
        ResourceType={"parameter": "Parameter", "document": "Document", "maintenancewindow": "MaintenanceWindow"}[
            arn.split(":")[-1].split("/")[0]], ResourceId=ident)["TagList"],
    "backup": lambda c, arn, ident: c.list_tags(ResourceArn=arn)["Tags"],
    "glue": lambda c, arn, ident: c.get_tags(ResourceArn=arn)["Tags"],
    "sagemaker": lambda c, arn, ident: c.list_tags(ResourceArn=arn)["Tags"],
    "wafv2": lambda c, arn, ident: c.list_tags_for_resource(ResourceARN=arn)["TagInfoForResource"]["TagList"],
    "pinpoint": lambda c, arn, ident: c.list_tags_for_resource(ResourceArn=arn)["TagsModel"]["tags"],
    "osis": lambda c, arn, ident: c.list_tags_for_resource(Arn=arn)["Tags"],
    "connectcampaigns": lambda c, arn, ident: c.list_tags_for_resource(arn=arn)["tags"],
}


# Where the plugin is not called as boto3 calls its client.
CLIENTS = {"ses": "sesv2"}


def of_iam(c, kind, arn, ident):
    return {
        "role": lambda: c.list_role_tags(RoleName=ident)["Tags"],
        "user": lambda: c.list_user_tags(UserName=ident)["Tags"],
        "policy": lambda: c.list_policy_tags(PolicyArn=arn)["Tags"],
        "oidc-provider": lambda: c.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)["Tags"],
    }[kind]()


def tags(client, kind, arn, ident):
    """The tags of a resource of type `service:kind`, read with a client that is made by its name."""
    service, _, kind = kind.partition(":")
    client = client(CLIENTS.get(service, service))
    if service == "iam":
        return pairs(of_iam(client, kind, arn, ident))
    if service in READS:
        return pairs(READS[service](client, arn, ident))
    model = client.meta.service_model.operation_model("ListTagsForResource")
    member = (model.input_shape.required_members or list(model.input_shape.members))[0]
    reply = client.list_tags_for_resource(**{member: arn})
    return pairs(next(v for k, v in reply.items() if k != "ResponseMetadata" and isinstance(v, (list, dict))))
