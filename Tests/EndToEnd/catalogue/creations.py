"""What the end-to-end run creates: a function a service, which makes everything of it that moto can tag later.

Each call is made on its own, so that one which this moto cannot do costs only itself. `KEPT` is put on at creation where
the API takes tags, and must still be there at the end.
"""
import io
import json
import zipfile

KEPT = ("Owner", "kept")
TAGS = [{"Key": KEPT[0], "Value": KEPT[1]}]
LOWER = [{"key": KEPT[0], "value": KEPT[1]}]
MAP = {KEPT[0]: KEPT[1]}
ACCOUNT = "123456789012"
ROLE = "arn:aws:iam::%s:role/e2e" % ACCOUNT


def archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out:
        out.writestr("index.py", "def handler(e, c): pass")
    return data.getvalue()


def ec2(a):
    spec = lambda kind: [{"ResourceType": kind, "Tags": TAGS}]
    image = a.quiet("ec2").describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
    vpc = a("ec2", "create_vpc", CidrBlock="10.9.0.0/16", TagSpecifications=spec("vpc"))["Vpc"]["VpcId"]
    subnet = a("ec2", "create_subnet", VpcId=vpc, CidrBlock="10.9.1.0/24", AvailabilityZone="us-east-1a")["Subnet"]["SubnetId"]
    other = a("ec2", "create_subnet", VpcId=vpc, CidrBlock="10.9.2.0/24", AvailabilityZone="us-east-1b")["Subnet"]
    a.shared.update(vpc=vpc, subnet=subnet, subnets=[subnet, other["SubnetId"]])
    instance = a("ec2", "run_instances", ImageId=image, MinCount=1, MaxCount=1, SubnetId=subnet)["Instances"][0]
    volume = a("ec2", "create_volume", Size=1, AvailabilityZone="us-east-1a", TagSpecifications=spec("volume"))
    snapshot = a("ec2", "create_snapshot", VolumeId=volume["VolumeId"])["SnapshotId"]
    a("ec2", "create_snapshots", InstanceSpecification={"InstanceId": instance["InstanceId"]})
    a("ec2", "copy_snapshot", SourceRegion="us-east-1", SourceSnapshotId=snapshot)
    made = a("ec2", "create_image", InstanceId=instance["InstanceId"], Name="made")["ImageId"]
    a("ec2", "register_image", Name="registered", RootDeviceName="/dev/sda1")
    a("ec2", "copy_image", Name="copied", SourceImageId=made, SourceRegion="us-east-1")
    group = a("ec2", "create_security_group", GroupName="e2e", Description="e2e", VpcId=vpc)["GroupId"]
    a.shared.update(group=group)
    address = a("ec2", "allocate_address", Domain="vpc")["AllocationId"]
    a("ec2", "create_nat_gateway", SubnetId=subnet, AllocationId=address)
    a("ec2", "create_internet_gateway")
    a("ec2", "create_egress_only_internet_gateway", VpcId=vpc)
    a("ec2", "create_route_table", VpcId=vpc)
    a("ec2", "create_network_acl", VpcId=vpc)
    a("ec2", "create_network_interface", SubnetId=subnet)
    a("ec2", "create_key_pair", KeyName="e2e")
    a("ec2", "create_launch_template", LaunchTemplateName="e2e-template", LaunchTemplateData={"ImageId": image})
    a("ec2", "create_vpc_endpoint", VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3")
    a("ec2", "create_vpc_peering_connection", VpcId=vpc, PeerVpcId=vpc)
    a("ec2", "create_dhcp_options", DhcpConfigurations=[{"Key": "domain-name", "Values": ["e2e.example"]}])
    customer = a("ec2", "create_customer_gateway", Type="ipsec.1", PublicIp="198.51.100.7", BgpAsn=65000)
    gateway = a("ec2", "create_vpn_gateway", Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    a("ec2", "create_vpn_connection", Type="ipsec.1", VpnGatewayId=gateway,
      CustomerGatewayId=customer["CustomerGateway"]["CustomerGatewayId"])
    transit = a("ec2", "create_transit_gateway")["TransitGateway"]["TransitGatewayId"]
    a("ec2", "create_transit_gateway_vpc_attachment", TransitGatewayId=transit, VpcId=vpc, SubnetIds=[subnet])
    a("ec2", "create_transit_gateway_route_table", TransitGatewayId=transit)
    a.quiet("s3").create_bucket(Bucket="e2e-flow-logs")
    a("ec2", "create_flow_logs", ResourceType="VPC", ResourceIds=[vpc], TrafficType="ALL",
      LogDestinationType="s3", LogDestination="arn:aws:s3:::e2e-flow-logs")
    a("ec2", "create_managed_prefix_list", PrefixListName="e2e", MaxEntries=1, AddressFamily="IPv4")
    a("ec2", "create_carrier_gateway", VpcId=vpc)
    a("ec2", "allocate_hosts", AvailabilityZone="us-east-1a", InstanceType="m5.large", Quantity=1)
    a("ec2", "request_spot_instances", SpotPrice="0.5", LaunchSpecification={"ImageId": image, "SubnetId": subnet})


def storage(a):
    a("s3", "create_bucket", Bucket="e2e-bucket")
    a("dynamodb", "create_table", TableName="e2e", BillingMode="PAY_PER_REQUEST", Tags=TAGS,
      AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
      KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    system = a("efs", "create_file_system", CreationToken="e2e", Tags=TAGS)["FileSystemId"]
    a("efs", "create_access_point", ClientToken="e2e", FileSystemId=system)
    lustre = a("fsx", "create_file_system", FileSystemType="LUSTRE", StorageCapacity=1200, Tags=TAGS,
               SubnetIds=[a.shared["subnet"]])["FileSystem"]["FileSystemId"]
    a("fsx", "create_backup", FileSystemId=lustre)
    a("backup", "create_backup_vault", BackupVaultName="e2e", BackupVaultTags=MAP)
    a("backup", "create_backup_plan", BackupPlan={"BackupPlanName": "e2e", "Rules": [
        {"RuleName": "daily", "TargetBackupVaultName": "e2e"}]})
    a("ecr", "create_repository", repositoryName="e2e", tags=TAGS)


def databases(a):
    rds = dict(Engine="postgres", MasterUsername="e2e", MasterUserPassword="not-a-secret")
    a("rds", "create_db_instance", DBInstanceIdentifier="e2e", DBInstanceClass="db.m5.large", AllocatedStorage=20,
      Tags=TAGS, **rds)
    a("rds", "create_db_cluster", DBClusterIdentifier="e2e-cluster", **{**rds, "Engine": "aurora-postgresql"})
    a("rds", "create_db_snapshot", DBSnapshotIdentifier="e2e-snapshot", DBInstanceIdentifier="e2e")
    a("rds", "create_db_cluster_snapshot", DBClusterSnapshotIdentifier="e2e-cs", DBClusterIdentifier="e2e-cluster")
    a("rds", "create_db_subnet_group", DBSubnetGroupName="e2e", DBSubnetGroupDescription="e2e",
      SubnetIds=a.shared["subnets"])
    a("rds", "create_db_parameter_group", DBParameterGroupName="e2e", DBParameterGroupFamily="postgres16",
      Description="e2e")
    a("rds", "create_db_cluster_parameter_group", DBClusterParameterGroupName="e2e", Description="e2e",
      DBParameterGroupFamily="aurora-postgresql16")
    a("rds", "create_option_group", OptionGroupName="e2e", EngineName="mysql", MajorEngineVersion="8.0",
      OptionGroupDescription="e2e")
    a("rds", "create_event_subscription", SubscriptionName="e2e", SnsTopicArn="arn:aws:sns:us-east-1:%s:e2e" % ACCOUNT)
    a("rds", "create_db_proxy", DBProxyName="e2e", EngineFamily="POSTGRESQL", RoleArn=ROLE,
      Auth=[{"AuthScheme": "SECRETS"}], VpcSubnetIds=a.shared["subnets"])
    a("rds", "create_db_instance_read_replica", DBInstanceIdentifier="e2e-replica", SourceDBInstanceIdentifier="e2e")
    a("elasticache", "create_cache_cluster", CacheClusterId="e2e", Engine="redis", NumCacheNodes=1, Tags=TAGS,
      CacheNodeType="cache.t3.micro")
    a("elasticache", "create_replication_group", ReplicationGroupId="e2e-rg", ReplicationGroupDescription="e2e",
      Engine="redis")
    a("elasticache", "create_cache_subnet_group", CacheSubnetGroupName="e2e", CacheSubnetGroupDescription="e2e",
      SubnetIds=a.shared["subnets"])
    a("elasticache", "create_user", UserId="e2e", UserName="e2e", Engine="Redis", AccessString="on ~*",
      NoPasswordRequired=True)
    a("redshift", "create_cluster", ClusterIdentifier="e2e", NodeType="ra3.xlplus", MasterUsername="e2e",
      MasterUserPassword="Not-a-secret1", Tags=TAGS)
    a("redshift", "create_cluster_subnet_group", ClusterSubnetGroupName="e2e", Description="e2e",
      SubnetIds=a.shared["subnets"])
    a("redshift", "create_cluster_parameter_group", ParameterGroupName="e2e", ParameterGroupFamily="redshift-1.0",
      Description="e2e")
    a("redshift", "create_cluster_snapshot", SnapshotIdentifier="e2e", ClusterIdentifier="e2e")
    a("memorydb", "create_cluster", ClusterName="e2e", NodeType="db.t4g.small", ACLName="open-access", Tags=TAGS)
    a("dax", "create_cluster", ClusterName="e2e", NodeType="dax.t3.small", ReplicationFactor=1, IamRoleArn=ROLE)
    a("timestream-write", "create_database", DatabaseName="e2e", Tags=TAGS)
    a("opensearch", "create_domain", DomainName="e2e-search", TagList=TAGS)
    a("es", "create_elasticsearch_domain", DomainName="e2e-older")


def messaging(a):
    a("sqs", "create_queue", QueueName="e2e", tags=MAP)
    a("sns", "create_topic", Name="e2e", Tags=TAGS)
    a("kinesis", "create_stream", StreamName="e2e", ShardCount=1)
    a("firehose", "create_delivery_stream", DeliveryStreamName="e2e",
      S3DestinationConfiguration={"RoleARN": ROLE, "BucketARN": "arn:aws:s3:::e2e-bucket"})
    a("events", "put_rule", Name="e2e", ScheduleExpression="rate(1 day)", Tags=TAGS)
    a("events", "create_event_bus", Name="e2e")
    a("scheduler", "create_schedule_group", Name="e2e", Tags=TAGS)
    a("pipes", "create_pipe", Name="e2e", RoleArn=ROLE, Source="arn:aws:sqs:us-east-1:%s:e2e" % ACCOUNT,
      Target="arn:aws:sqs:us-east-1:%s:e2e" % ACCOUNT)
    a("mq", "create_broker", BrokerName="e2e", EngineType="ACTIVEMQ", HostInstanceType="mq.t3.micro",
      DeploymentMode="SINGLE_INSTANCE", PubliclyAccessible=False, EngineVersion="5.18", AutoMinorVersionUpgrade=True,
      Users=[{"Username": "e2e", "Password": "not-a-secret-1"}], Tags=MAP)
    a("mq", "create_configuration", Name="e2e", EngineType="ACTIVEMQ", EngineVersion="5.18")
    a("kafka", "create_cluster_v2", ClusterName="e2e2", Serverless={"VpcConfigs": [{"SubnetIds": a.shared["subnets"]}]})
    a("kafka", "create_cluster", ClusterName="e2e", KafkaVersion="3.6.0", NumberOfBrokerNodes=2,
      BrokerNodeGroupInfo={"InstanceType": "kafka.m5.large", "ClientSubnets": a.shared["subnets"]})
    a("sesv2", "create_email_identity", EmailIdentity="e2e.example.com")
    a("sesv2", "create_configuration_set", ConfigurationSetName="e2e", Tags=TAGS)
    a("pinpoint", "create_app", CreateApplicationRequest={"Name": "e2e", "tags": MAP})


def identity(a):
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    a("iam", "create_role", RoleName="e2e", AssumeRolePolicyDocument=trust, Tags=TAGS)
    a("iam", "create_user", UserName="e2e")
    a("iam", "create_policy", PolicyName="e2e", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}), Tags=TAGS)
    a("iam", "create_open_id_connect_provider", Url="https://e2e.example.com", ThumbprintList=["a" * 40])
    a("kms", "create_key", Tags=[{"TagKey": KEPT[0], "TagValue": KEPT[1]}])
    a("secretsmanager", "create_secret", Name="e2e", SecretString="x", Tags=TAGS)
    a("acm", "request_certificate", DomainName="e2e.example.com", Tags=TAGS)
    a("acm-pca", "create_certificate_authority", CertificateAuthorityType="ROOT",
      CertificateAuthorityConfiguration={"KeyAlgorithm": "RSA_2048", "SigningAlgorithm": "SHA256WITHRSA",
                                         "Subject": {"CommonName": "e2e"}})
    directory = a("ds", "create_directory", Name="e2e.example.com", Password="Not-a-secret1", Size="Small",
                  VpcSettings={"VpcId": a.shared["vpc"], "SubnetIds": a.shared["subnets"]})
    a.shared.update(directory=directory["DirectoryId"])
    a("ds", "create_microsoft_ad", Name="ad.example.com", Password="Not-a-secret1", Edition="Standard",
      VpcSettings={"VpcId": a.shared["vpc"], "SubnetIds": a.shared["subnets"]})
    a("wafv2", "create_ip_set", Name="e2e", Scope="REGIONAL", IPAddressVersion="IPV4", Addresses=[], Tags=TAGS)
    a("wafv2", "create_web_acl", Name="e2e", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig={
        "SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "e2e"})
    a.quiet("organizations").create_organization(FeatureSet="ALL")
    root = a.quiet("organizations").list_roots()["Roots"][0]["Id"]
    a("organizations", "create_organizational_unit", ParentId=root, Name="e2e", Tags=TAGS)
    a("organizations", "create_policy", Name="e2e", Description="e2e", Type="SERVICE_CONTROL_POLICY",
      Content=json.dumps({"Version": "2012-10-17", "Statement": []}))
    a("signer", "put_signing_profile", profileName="e2e", platformId="AWSLambda-SHA384-ECDSA")
    a("cloudhsmv2", "create_cluster", HsmType="hsm1.medium", SubnetIds=a.shared["subnets"])
    a("inspector2", "create_filter", name="e2e", action="NONE", filterCriteria={})


def compute(a):
    a("lambda", "create_function", FunctionName="e2e", Runtime="python3.12", Role=ROLE, Handler="index.handler",
      Code={"ZipFile": archive()}, Tags=MAP)
    a("ecs", "create_cluster", clusterName="e2e", tags=LOWER)
    task = a("ecs", "register_task_definition", family="e2e", containerDefinitions=[
        {"name": "web", "image": "nginx", "memory": 64}])["taskDefinition"]["taskDefinitionArn"]
    a("ecs", "create_service", cluster="e2e", serviceName="e2e", taskDefinition=task, desiredCount=0)
    a("eks", "create_cluster", name="e2e", roleArn=ROLE, resourcesVpcConfig={"subnetIds": a.shared["subnets"]})
    role = {"serviceRole": ROLE}
    environment = a("batch", "create_compute_environment", computeEnvironmentName="e2e", type="UNMANAGED", **role)
    a("batch", "create_job_queue", jobQueueName="e2e", priority=1, state="ENABLED", computeEnvironmentOrder=[
        {"order": 1, "computeEnvironment": environment["computeEnvironmentArn"]}])
    a("batch", "register_job_definition", jobDefinitionName="e2e", type="container",
      containerProperties={"image": "busybox", "vcpus": 1, "memory": 128})
    a("autoscaling", "create_auto_scaling_group", AutoScalingGroupName="e2e", MinSize=0, MaxSize=0,
      VPCZoneIdentifier=a.shared["subnet"], LaunchTemplate={"LaunchTemplateName": "e2e-template"})
    a.quiet("elasticbeanstalk").create_application(ApplicationName="e2e")
    a("elasticbeanstalk", "create_environment", ApplicationName="e2e", EnvironmentName="e2e-environment", Tags=TAGS)
    a("stepfunctions", "create_state_machine", name="e2e", roleArn=ROLE, tags=LOWER, definition=json.dumps(
        {"StartAt": "x", "States": {"x": {"Type": "Pass", "End": True}}}))
    a("stepfunctions", "create_activity", name="e2e")
    a("emr", "run_job_flow", Name="e2e", Instances={"MasterInstanceType": "m5.xlarge", "InstanceCount": 1},
      JobFlowRole="e2e", ServiceRole="e2e", ReleaseLabel="emr-7.0.0")
    a.quiet("workspaces").register_workspace_directory(DirectoryId=a.shared["directory"])
    a("workspaces", "create_workspaces", Workspaces=[
        {"DirectoryId": a.shared["directory"], "UserName": "e2e", "BundleId": "wsb-bh8rsxt14", "Tags": TAGS}])


def network(a):
    balancer = a("elbv2", "create_load_balancer", Name="e2e", Subnets=a.shared["subnets"], Tags=TAGS)
    group = a("elbv2", "create_target_group", Name="e2e", Protocol="HTTP", Port=80, VpcId=a.shared["vpc"])
    a("elbv2", "create_listener", LoadBalancerArn=balancer["LoadBalancers"][0]["LoadBalancerArn"], Port=80,
      Protocol="HTTP", DefaultActions=[{"Type": "forward",
                                        "TargetGroupArn": group["TargetGroups"][0]["TargetGroupArn"]}])
    a("elb", "create_load_balancer", LoadBalancerName="e2e-classic", AvailabilityZones=["us-east-1a"], Tags=TAGS,
      Listeners=[{"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80}])
    a("apigatewayv2", "create_api", Name="e2e", ProtocolType="HTTP", Tags=MAP)
    a("apigatewayv2", "create_vpc_link", Name="e2e", SubnetIds=a.shared["subnets"])
    a("route53", "create_hosted_zone", Name="e2e.example.com", CallerReference="e2e")
    a("route53", "create_health_check", CallerReference="e2e", HealthCheckConfig={
        "Type": "TCP", "IPAddress": "198.51.100.7", "Port": 80})
    a("route53resolver", "create_resolver_rule", CreatorRequestId="e2e", RuleType="SYSTEM", DomainName="e2e.example.com",
      Tags=TAGS)
    a("cloudfront", "create_distribution", DistributionConfig={
        "CallerReference": "e2e", "Comment": "", "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "e2e.s3.amazonaws.com",
                                              "S3OriginConfig": {"OriginAccessIdentity": ""}}]},
        "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all", "MinTTL": 0,
                                 "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}}})
    a("appsync", "create_graphql_api", name="e2e", authenticationType="API_KEY", tags=MAP)
    a("appmesh", "create_mesh", meshName="e2e", tags=LOWER)
    a("networkmanager", "create_global_network", Tags=TAGS)
    a("vpc-lattice", "create_service_network", name="e2e-network", tags=MAP)
    a("directconnect", "create_connection", location="EqDC2", bandwidth="1Gbps", connectionName="e2e", tags=LOWER)
    a("mediaconnect", "create_flow", Name="e2e", Source={"Name": "s", "Protocol": "rtp", "WhitelistCidr": "10.0.0.0/8",
                                                        "IngestPort": 5000}, FlowTags=MAP)


def operations(a):
    a("cloudwatch", "put_metric_alarm", AlarmName="e2e", ComparisonOperator="GreaterThanThreshold",
      EvaluationPeriods=1, MetricName="m", Namespace="n", Period=60, Statistic="Sum", Threshold=1, Tags=TAGS)
    a("logs", "create_log_group", logGroupName="/e2e", tags=MAP)
    a.quiet("s3").create_bucket(Bucket="e2e-trail")
    a("cloudtrail", "create_trail", Name="e2e", S3BucketName="e2e-trail", TagsList=TAGS)
    a("ssm", "put_parameter", Name="/e2e/name", Value="x", Type="String", Tags=TAGS)
    a("ssm", "create_document", Name="e2e", DocumentType="Command", Content=json.dumps(
        {"schemaVersion": "2.2", "description": "e2e", "mainSteps": []}))
    a("ssm", "create_maintenance_window", Name="e2e", Schedule="rate(1 day)", Duration=2, Cutoff=1,
      AllowUnassociatedTargets=False)
    a("appconfig", "create_application", Name="e2e", Tags=MAP)
    a.quiet("iam").create_role(RoleName="pipeline", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
            "Service": "codepipeline.amazonaws.com"}}]}))
    a("codepipeline", "create_pipeline", pipeline={
        "name": "e2e", "roleArn": "arn:aws:iam::%s:role/pipeline" % ACCOUNT, "version": 1, "artifactStore": {
            "type": "S3", "location": "e2e-bucket"}, "stages": [
            {"name": n, "actions": [{"name": n, "actionTypeId": {"category": c, "owner": "AWS", "provider": p,
                                                                 "version": "1"}}]}
            for n, c, p in (("a", "Source", "S3"), ("b", "Build", "CodeBuild"))]}, tags=LOWER)
    a("codedeploy", "create_application", applicationName="e2e", tags=TAGS)
    a("amp", "create_workspace", alias="e2e", tags=MAP)
    a("fis", "create_experiment_template", clientToken="e2e", description="e2e", roleArn=ROLE,
      stopConditions=[{"source": "none"}], actions={"wait": {"actionId": "aws:fis:wait"}})


def analytics(a):
    a("glue", "create_database", DatabaseInput={"Name": "e2e"})
    a("glue", "create_job", Name="e2e", Role=ROLE, Command={"Name": "glueetl"}, Tags=MAP)
    a("glue", "create_crawler", Name="e2e", Role=ROLE, Targets={"S3Targets": [{"Path": "s3://e2e"}]}, DatabaseName="e2e")
    a("glue", "create_trigger", Name="e2e", Type="ON_DEMAND", Actions=[{"JobName": "e2e"}])
    a("glue", "create_workflow", Name="e2e")
    a("glue", "create_registry", RegistryName="e2e")
    a("athena", "create_work_group", Name="e2e", Tags=TAGS)
    a("athena", "create_data_catalog", Name="e2e", Type="GLUE", Parameters={"catalog-id": ACCOUNT}, Tags=TAGS)
    a("sagemaker", "create_model", ModelName="e2e", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "x"})
    a("sagemaker", "create_notebook_instance", NotebookInstanceName="e2e", InstanceType="ml.t3.medium", RoleArn=ROLE)
    a("sagemaker", "create_endpoint_config", EndpointConfigName="e2e", ProductionVariants=[
        {"VariantName": "v", "ModelName": "e2e", "InstanceType": "ml.t2.medium", "InitialInstanceCount": 1}])
    a("sagemaker", "create_pipeline", PipelineName="e2e", RoleArn=ROLE, PipelineDefinition="{}",
      ClientRequestToken="e" * 32)
    a("kinesisanalyticsv2", "create_application", ApplicationName="e2e", RuntimeEnvironment="FLINK-1_18",
      ServiceExecutionRole=ROLE)
    a("bedrock-agent", "create_agent", agentName="e2e", agentResourceRoleArn=ROLE)
    a("comprehend", "create_document_classifier", DocumentClassifierName="e2e", DataAccessRoleArn=ROLE,
      LanguageCode="en", InputDataConfig={"S3Uri": "s3://e2e/x"})
    a("quicksight", "create_data_set", AwsAccountId=ACCOUNT, DataSetId="e2e", Name="e2e", ImportMode="SPICE",
      PhysicalTableMap={"t": {"RelationalTable": {"DataSourceArn": "arn:aws:quicksight:us-east-1:%s:datasource/d"
                                                 % ACCOUNT, "Name": "t", "InputColumns": [
                                                     {"Name": "c", "Type": "STRING"}]}}})
    a("swf", "register_domain", name="e2e", workflowExecutionRetentionPeriodInDays="1")
    a("osis", "create_pipeline", PipelineName="e2e", MinUnits=1, MaxUnits=2, PipelineConfigurationBody="version: '2'")
    a("connectcampaigns", "create_campaign", name="e2e", connectInstanceId="e2e", dialerConfig={
        "progressiveDialerConfig": {"bandwidthAllocation": 1}}, outboundCallConfig={
            "connectContactFlowId": "x", "connectQueueId": "x"})


SERVICES = [ec2, storage, databases, messaging, identity, compute, network, operations, analytics]
