"""Load balancers, APIs, names, meshes."""
from support.identities import ACCOUNT

from ..tagged import LOWER, MAP, TAGS


def network(a):
    balancer = a("elbv2", "create_load_balancer", Name="e2e", Subnets=a.shared["subnets"])
    group = a("elbv2", "create_target_group", Name="e2e", Protocol="HTTP", Port=80, VpcId=a.shared["vpc"])
    a("elbv2", "create_listener", LoadBalancerArn=balancer["LoadBalancers"][0]["LoadBalancerArn"], Port=80,
      Protocol="HTTP", DefaultActions=[{"Type": "forward",
                                        "TargetGroupArn": group["TargetGroups"][0]["TargetGroupArn"]}])
    a("elb", "create_load_balancer", LoadBalancerName="e2e-classic", AvailabilityZones=["us-east-1a"],
      Listeners=[{"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80}])
    a("apigatewayv2", "create_api", Name="e2e", ProtocolType="HTTP")
    a("apigatewayv2", "create_vpc_link", Name="e2e", SubnetIds=a.shared["subnets"])
    zone = a("route53", "create_hosted_zone", Name="e2e.example.com", CallerReference="e2e")["HostedZone"]
    a.afterwards("route53", "change_tags_for_resource", ResourceType="hostedzone",
                 ResourceId=str(zone["Id"]).rpartition("/")[2], AddTags=TAGS)
    check = a("route53", "create_health_check", CallerReference="e2e", HealthCheckConfig={
        "Type": "TCP", "IPAddress": "198.51.100.7", "Port": 80})["HealthCheck"]
    a.afterwards("route53", "change_tags_for_resource", ResourceType="healthcheck", ResourceId=check["Id"], AddTags=TAGS)
    a("route53resolver", "create_resolver_rule", CreatorRequestId="e2e", RuleType="SYSTEM", DomainName="e2e.example.com")
    a("servicediscovery", "create_http_namespace", Name="e2e")
    made = a("cloudfront", "create_distribution", DistributionConfig={
        "CallerReference": "e2e", "Comment": "", "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "e2e.s3.amazonaws.com",
                                              "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
        "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all", "MinTTL": 0,
                                 "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}}})
    a.afterwards("cloudfront", "tag_resource", Resource=made["Distribution"]["ARN"], Tags={"Items": TAGS})
    a("appsync", "create_graphql_api", name="e2e", authenticationType="API_KEY")
    a("appmesh", "create_mesh", meshName="e2e")
    a("networkmanager", "create_global_network")
    a("vpc-lattice", "create_service_network", name="e2e-network")
    line = a("directconnect", "create_connection", location="EqDC2", bandwidth="1Gbps", connectionName="e2e")
    # moto keeps the tags of creation under another ARN.
    a.afterwards("directconnect", "tag_resource", tags=LOWER,
                 resourceArn="arn:aws:directconnect:us-east-1:%s:dxcon/%s" % (ACCOUNT, line["connectionId"]))
    flow = a("mediaconnect", "create_flow", Name="e2e", Source={
        "Name": "s", "Protocol": "rtp", "WhitelistCidr": "10.0.0.0/8", "IngestPort": 5000})["Flow"]
    a.afterwards("mediaconnect", "tag_resource", ResourceArn=flow["FlowArn"], Tags=MAP)
