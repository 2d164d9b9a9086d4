"""Queues, topics, streams, buses, brokers, mail."""
from support.identities import ACCOUNT

from ..tagged import MAP, ROLE, TAGS


def messaging(a):
    a("sqs", "create_queue", QueueName="e2e")
    a("sns", "create_topic", Name="e2e")
    a("kinesis", "create_stream", StreamName="e2e", ShardCount=1)
    a.afterwards("kinesis", "add_tags_to_stream", StreamName="e2e", Tags=MAP)
    a("firehose", "create_delivery_stream", DeliveryStreamName="e2e",
      S3DestinationConfiguration={"RoleARN": ROLE, "BucketARN": "arn:aws:s3:::e2e-bucket"})
    a("events", "put_rule", Name="e2e", ScheduleExpression="rate(1 day)")
    a("events", "create_event_bus", Name="e2e")
    a("scheduler", "create_schedule_group", Name="e2e")
    a("pipes", "create_pipe", Name="e2e", RoleArn=ROLE, Source="arn:aws:sqs:us-east-1:%s:e2e" % ACCOUNT,
      Target="arn:aws:sqs:us-east-1:%s:e2e" % ACCOUNT)
    a("mq", "create_broker", BrokerName="e2e", EngineType="ACTIVEMQ", HostInstanceType="mq.t3.micro",
      DeploymentMode="SINGLE_INSTANCE", PubliclyAccessible=False, EngineVersion="5.18", AutoMinorVersionUpgrade=True,
      Users=[{"Username": "e2e", "Password": "not-a-secret-1"}])
    a("mq", "create_configuration", Name="e2e", EngineType="ACTIVEMQ", EngineVersion="5.18")
    a("kafka", "create_cluster_v2", ClusterName="e2e2", Serverless={"VpcConfigs": [{"SubnetIds": a.shared["subnets"]}]})
    a("kafka", "create_cluster", ClusterName="e2e", KafkaVersion="3.6.0", NumberOfBrokerNodes=2,
      BrokerNodeGroupInfo={"InstanceType": "kafka.m5.large", "ClientSubnets": a.shared["subnets"]})
    a("sesv2", "create_email_identity", EmailIdentity="e2e.example.com")
    a.afterwards("sesv2", "tag_resource", Tags=TAGS, ResourceArn="arn:aws:ses:us-east-1:%s:identity/e2e.example.com"
                 % ACCOUNT)
    a("sesv2", "create_configuration_set", ConfigurationSetName="e2e")
    a("ses", "create_configuration_set", ConfigurationSet={"Name": "e2e-older"})
    a.afterwards("sesv2", "tag_resource", Tags=TAGS, ResourceArn="arn:aws:ses:us-east-1:%s:configuration-set/e2e-older"
                 % ACCOUNT)
    a("pinpoint", "create_app", CreateApplicationRequest={"Name": "e2e", "tags": MAP})
