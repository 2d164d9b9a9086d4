"""Data catalogues, models, queries, agents."""
from support.identities import ACCOUNT

from ..tagged import MAP, ROLE


def analytics(a):
    a("glue", "create_database", DatabaseInput={"Name": "e2e"})
    a("glue", "create_job", Name="e2e", Role=ROLE, Command={"Name": "glueetl"})
    a("glue", "create_crawler", Name="e2e", Role=ROLE, Targets={"S3Targets": [{"Path": "s3://e2e"}]}, DatabaseName="e2e")
    a("glue", "create_trigger", Name="e2e", Type="ON_DEMAND", Actions=[{"JobName": "e2e"}])
    a("glue", "create_workflow", Name="e2e")
    registry = a("glue", "create_registry", RegistryName="e2e")["RegistryArn"]
    a.afterwards("glue", "tag_resource", ResourceArn=registry, TagsToAdd=MAP)
    a("athena", "create_work_group", Name="e2e")
    a("athena", "create_data_catalog", Name="e2e", Type="GLUE", Parameters={"catalog-id": ACCOUNT})
    a("sagemaker", "create_model", ModelName="e2e", ExecutionRoleArn=ROLE, PrimaryContainer={"Image": "x"})
    a("sagemaker", "create_notebook_instance", NotebookInstanceName="e2e", InstanceType="ml.t3.medium", RoleArn=ROLE)
    a("sagemaker", "create_endpoint_config", EndpointConfigName="e2e", ProductionVariants=[
        {"VariantName": "v", "ModelName": "e2e", "InstanceType": "ml.t2.medium", "InitialInstanceCount": 1}])
    a("sagemaker", "create_pipeline", PipelineName="e2e", RoleArn=ROLE, PipelineDefinition="{}",
      ClientRequestToken="e" * 32)
    a("sagemaker", "create_training_job", TrainingJobName="e2e", RoleArn=ROLE, AlgorithmSpecification={
        "TrainingImage": "x", "TrainingInputMode": "File"}, OutputDataConfig={"S3OutputPath": "s3://e2e-bucket"},
      ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 1},
      StoppingCondition={"MaxRuntimeInSeconds": 60})
    a("kinesisanalyticsv2", "create_application", ApplicationName="e2e", RuntimeEnvironment="FLINK-1_18",
      ServiceExecutionRole=ROLE)
    a("bedrock-agent", "create_agent", agentName="e2e", agentResourceRoleArn=ROLE)
    a("bedrock", "create_model_customization_job", jobName="e2e", customModelName="e2e", roleArn=ROLE,
      baseModelIdentifier="amazon.titan-text-lite-v1", trainingDataConfig={"s3Uri": "s3://e2e-bucket/x"},
      outputDataConfig={"s3Uri": "s3://e2e-bucket/y"}, hyperParameters={"epochCount": "1"})
    a("comprehend", "create_document_classifier", DocumentClassifierName="e2e", DataAccessRoleArn=ROLE,
      LanguageCode="en", InputDataConfig={"S3Uri": "s3://e2e/x"})
    a("quicksight", "create_data_set", AwsAccountId=ACCOUNT, DataSetId="e2e", Name="e2e", ImportMode="SPICE",
      PhysicalTableMap={"t": {"RelationalTable": {"DataSourceArn": "arn:aws:quicksight:us-east-1:%s:datasource/d"
                                                 % ACCOUNT, "Name": "t", "InputColumns": [
                                                     {"Name": "c", "Type": "STRING"}]}}})
    a("swf", "register_domain", name="e2e", workflowExecutionRetentionPeriodInDays="1")
    a("osis", "create_pipeline", PipelineName="e2e", MinUnits=1, MaxUnits=2, PipelineConfigurationBody="version: '2'")
    campaign = a("connectcampaigns", "create_campaign", name="e2e", connectInstanceId="e2e", dialerConfig={
        "progressiveDialerConfig": {"bandwidthAllocation": 1}}, outboundCallConfig={
            "connectContactFlowId": "x", "connectQueueId": "x"})
    a.afterwards("connectcampaigns", "tag_resource", arn=campaign["arn"], tags=MAP)
