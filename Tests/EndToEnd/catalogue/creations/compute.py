"""Functions, containers, batches, machines in groups."""
import io
import json
import zipfile

from ..tagged import ROLE, TAGS


def archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as out:
        out.writestr("index.py", "def handler(e, c): pass")
    return data.getvalue()


def compute(a):
    a("lambda", "create_function", FunctionName="e2e", Runtime="python3.12", Role=ROLE, Handler="index.handler",
      Code={"ZipFile": archive()})
    a("ecs", "create_cluster", clusterName="e2e")
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
    a("elasticbeanstalk", "create_environment", ApplicationName="e2e", EnvironmentName="e2e-environment")
    a("stepfunctions", "create_state_machine", name="e2e", roleArn=ROLE, definition=json.dumps(
        {"StartAt": "x", "States": {"x": {"Type": "Pass", "End": True}}}))
    a("stepfunctions", "create_activity", name="e2e")
    a("emr", "run_job_flow", Name="e2e", Instances={"MasterInstanceType": "m5.xlarge", "InstanceCount": 1},
      JobFlowRole="e2e", ServiceRole="e2e", ReleaseLabel="emr-7.0.0")
    a.quiet("workspaces").register_workspace_directory(DirectoryId=a.shared["directory"])
    a("workspaces", "create_workspaces", Workspaces=[
        {"DirectoryId": a.shared["directory"], "UserName": "e2e", "BundleId": "wsb-bh8rsxt14", "Tags": TAGS}])
