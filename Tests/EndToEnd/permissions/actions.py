"""What IAM asks for before AWS does an operation.

Mostly one action of the operation's name; where it is not, the Service Authorization Reference says so, or the operation's
own page in the API reference. This is written down apart from the plugins, which must come to the same.
"""
from __future__ import annotations

from .operations import Request

# Prefixes of actions that are not the name a request is signed with.
PREFIXES = {"monitoring": "cloudwatch", "tagging": "tag", "IoTSecuredTunneling": "iot"}

# Operations that need other actions than their own name's.
ACTIONS = {
    # "No permissions are required to perform this operation."
    "sts:GetCallerIdentity": [],
    # "the IAM principal needs Select action permissions for the specified resource and the system keyspace"
    "cassandra:ListTagsForResource": ["cassandra:Select"],
    "cassandra:TagResource": ["cassandra:TagResource", "cassandra:Alter"],
    # A dependent action of the reference's.
    "ds:AddTagsToResource": ["ds:AddTagsToResource", "ec2:CreateTags"],
}

# What a resource's own service asks for when the Resource Groups Tagging API tags it: by service of its ARN, and by type
# where that differs. Whatever stands here not is tagged with the service's TagResource.
OWN = {
    "codebuild": ["codebuild:UpdateProject"], "codebuild/fleet": ["codebuild:UpdateFleet"],
    "codebuild/report-group": ["codebuild:UpdateReportGroup"], "dynamodb": ["dynamodb:TagResource"],
    "ec2": ["ec2:CreateTags"], "elasticache": ["elasticache:AddTagsToResource"], "rds": ["rds:AddTagsToResource"],
    "s3": ["s3:GetBucketTagging", "s3:PutBucketTagging"], "sagemaker": ["sagemaker:AddTags"],
    "workspaces": ["workspaces:CreateTags"], "catalog": ["servicecatalog:UpdatePortfolio"],
    "catalog/product": ["servicecatalog:UpdateProduct"],
}


def required(request: Request) -> list:
    """The actions that the caller must be allowed."""
    prefix = PREFIXES.get(request.signing, request.signing)
    if prefix == "apigateway":
        # API Gateway's actions are HTTP's methods ("Actions, resources, and condition keys for Amazon API Gateway").
        return ["apigateway:" + request.method]
    action = "%s:%s" % (prefix, request.operation)
    if action == "tag:TagResources":
        return [action] + sorted({one for arn in request.document["ResourceARNList"] for one in own(arn)})
    return ACTIONS.get(action, [action])


def own(arn: str) -> list:
    """The actions of the resource's own service."""
    _, _, service, _, _, resource = arn.split(":", 5)
    kind = resource.replace(":", "/").split("/")[0]
    return OWN.get("%s/%s" % (service, kind)) or OWN.get(service) or ["%s:TagResource" % service]
