"""What EC2 makes; other services build upon its network."""
from ..tagged import TAGS


def ec2(a):
    def make(kind, operation, **parameters):
        return a("ec2", operation, **parameters, TagSpecifications=[
            {"ResourceType": one, "Tags": TAGS} for one in kind.split()])

    def tag(*ids):
        # moto takes these tags at creation and forgets them.
        a.afterwards("ec2", "create_tags", Resources=list(ids), Tags=TAGS)

    image = a.quiet("ec2").describe_images(Filters=[{"Name": "name", "Values": ["ubuntu*"]}])["Images"][0]["ImageId"]
    vpc = make("vpc", "create_vpc", CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        make("subnet", "create_subnet", VpcId=vpc, CidrBlock="10.9.1.0/24", AvailabilityZone="us-east-1a"),
        a.quiet("ec2").create_subnet(VpcId=vpc, CidrBlock="10.9.2.0/24", AvailabilityZone="us-east-1b")]
    subnets = [one["Subnet"]["SubnetId"] for one in subnets]
    subnet = subnets[0]
    a.shared.update(image=image, vpc=vpc, subnet=subnet, subnets=subnets)
    _machines(a, make, tag, image, subnet)
    _network(a, make, tag, vpc, subnet)
    _gateways(a, make, tag, vpc, subnet)


def _machines(a, make, tag, image, subnet):
    instance = make("instance volume network-interface", "run_instances", ImageId=image, MinCount=1, MaxCount=1,
                    SubnetId=subnet)["Instances"][0]
    tag(*[one["NetworkInterfaceId"] for one in instance["NetworkInterfaces"]])
    instance = instance["InstanceId"]
    volume = make("volume", "create_volume", Size=1, AvailabilityZone="us-east-1a")["VolumeId"]
    snapshot = make("snapshot", "create_snapshot", VolumeId=volume)["SnapshotId"]
    make("snapshot", "create_snapshots", InstanceSpecification={"InstanceId": instance})
    make("snapshot", "copy_snapshot", SourceRegion="us-east-1", SourceSnapshotId=snapshot)
    made = make("image", "create_image", InstanceId=instance, Name="made")["ImageId"]
    tag(make("image", "register_image", Name="registered", RootDeviceName="/dev/sda1")["ImageId"])
    tag(make("image", "copy_image", Name="copied", SourceImageId=made, SourceRegion="us-east-1")["ImageId"])
    make("key-pair", "create_key_pair", KeyName="e2e")
    template = make("launch-template", "create_launch_template", LaunchTemplateName="e2e-template",
                    LaunchTemplateData={"ImageId": image, "InstanceType": "t3.micro"})["LaunchTemplate"]
    make("dedicated-host", "allocate_hosts", AvailabilityZone="us-east-1a", InstanceType="m5.large", Quantity=1)
    make("spot-instances-request", "request_spot_instances", SpotPrice="0.5",
         LaunchSpecification={"ImageId": image, "SubnetId": subnet})
    make("fleet", "create_fleet", Type="maintain", LaunchTemplateConfigs=[
        {"LaunchTemplateSpecification": {"LaunchTemplateId": template["LaunchTemplateId"], "Version": "1"}}],
         TargetCapacitySpecification={"TotalTargetCapacity": 1, "DefaultTargetCapacityType": "spot"})


def _network(a, make, tag, vpc, subnet):
    group = make("security-group", "create_security_group", GroupName="e2e", Description="e2e", VpcId=vpc)["GroupId"]
    a.shared.update(group=group)
    make("security-group-rule", "authorize_security_group_ingress", GroupId=group, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "198.51.100.0/24"}]}])
    make("route-table", "create_route_table", VpcId=vpc)
    make("network-acl", "create_network_acl", VpcId=vpc)
    make("network-interface", "create_network_interface", SubnetId=subnet)
    make("vpc-endpoint", "create_vpc_endpoint", VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3")
    balancer = a.quiet("elbv2").create_load_balancer(Name="e2e-inner", Type="network", Subnets=[subnet])
    make("vpc-endpoint-service", "create_vpc_endpoint_service_configuration",
         NetworkLoadBalancerArns=[balancer["LoadBalancers"][0]["LoadBalancerArn"]])
    make("vpc-peering-connection", "create_vpc_peering_connection", VpcId=vpc, PeerVpcId=vpc)
    options = make("dhcp-options", "create_dhcp_options", DhcpConfigurations=[
        {"Key": "domain-name", "Values": ["e2e.example"]}])["DhcpOptions"]
    tag(options["DhcpOptionsId"])
    a.quiet("s3").create_bucket(Bucket="e2e-flow-logs")
    make("vpc-flow-log", "create_flow_logs", ResourceType="VPC", ResourceIds=[vpc], TrafficType="ALL",
         LogDestinationType="s3", LogDestination="arn:aws:s3:::e2e-flow-logs")
    make("prefix-list", "create_managed_prefix_list", PrefixListName="e2e", MaxEntries=1, AddressFamily="IPv4")


def _gateways(a, make, tag, vpc, subnet):
    address = make("elastic-ip", "allocate_address", Domain="vpc")["AllocationId"]
    make("natgateway", "create_nat_gateway", SubnetId=subnet, AllocationId=address)
    make("internet-gateway", "create_internet_gateway")
    make("egress-only-internet-gateway", "create_egress_only_internet_gateway", VpcId=vpc)
    make("carrier-gateway", "create_carrier_gateway", VpcId=vpc)
    customer = make("customer-gateway", "create_customer_gateway", Type="ipsec.1", PublicIp="198.51.100.7", BgpAsn=65000)
    gateway = make("vpn-gateway", "create_vpn_gateway", Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    make("vpn-connection", "create_vpn_connection", Type="ipsec.1", VpnGatewayId=gateway,
         CustomerGatewayId=customer["CustomerGateway"]["CustomerGatewayId"])
    transit = make("transit-gateway", "create_transit_gateway")["TransitGateway"]["TransitGatewayId"]
    attached = make("transit-gateway-attachment", "create_transit_gateway_vpc_attachment", TransitGatewayId=transit,
                    VpcId=vpc, SubnetIds=[subnet])["TransitGatewayVpcAttachment"]
    tag(attached["TransitGatewayAttachmentId"])
    make("transit-gateway-route-table", "create_transit_gateway_route_table", TransitGatewayId=transit)
