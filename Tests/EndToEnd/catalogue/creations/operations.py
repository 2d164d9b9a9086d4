"""Alarms, logs, parameters, pipelines of deployment."""
import json

from support.identities import ACCOUNT

from ..tagged import ROLE


def operations(a):
    a("cloudwatch", "put_metric_alarm", AlarmName="e2e", ComparisonOperator="GreaterThanThreshold",
      EvaluationPeriods=1, MetricName="m", Namespace="n", Period=60, Statistic="Sum", Threshold=1)
    a("logs", "create_log_group", logGroupName="/e2e")
    a.quiet("s3").create_bucket(Bucket="e2e-trail")
    a("cloudtrail", "create_trail", Name="e2e", S3BucketName="e2e-trail")
    a("ssm", "put_parameter", Name="/e2e/name", Value="x", Type="String")
    a("ssm", "create_document", Name="e2e", DocumentType="Command", Content=json.dumps(
        {"schemaVersion": "2.2", "description": "e2e", "mainSteps": []}))
    a("ssm", "create_maintenance_window", Name="e2e", Schedule="rate(1 day)", Duration=2, Cutoff=1,
      AllowUnassociatedTargets=False)
    a.quiet("config").put_configuration_recorder(ConfigurationRecorder={"name": "default", "roleARN": ROLE})
    a("config", "put_config_rule", ConfigRule={"ConfigRuleName": "e2e", "Source": {
        "Owner": "AWS", "SourceIdentifier": "S3_BUCKET_VERSIONING_ENABLED"}})
    a("appconfig", "create_application", Name="e2e")
    a.quiet("iam").create_role(RoleName="pipeline", AssumeRolePolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
            "Service": "codepipeline.amazonaws.com"}}]}))
    a("codepipeline", "create_pipeline", pipeline={
        "name": "e2e", "roleArn": "arn:aws:iam::%s:role/pipeline" % ACCOUNT, "version": 1, "artifactStore": {
            "type": "S3", "location": "e2e-bucket"}, "stages": [
            {"name": n, "actions": [{"name": n, "actionTypeId": {"category": c, "owner": "AWS", "provider": p,
                                                                 "version": "1"}}]}
            for n, c, p in (("a", "Source", "S3"), ("b", "Build", "CodeBuild"))]})
    a("codedeploy", "create_application", applicationName="e2e")
    a("amp", "create_workspace", alias="e2e")
    a("fis", "create_experiment_template", clientToken="e2e", description="e2e", roleArn=ROLE,
      stopConditions=[{"source": "none"}], actions={"wait": {"actionId": "aws:fis:wait"}})
