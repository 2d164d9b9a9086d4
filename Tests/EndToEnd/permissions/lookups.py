"""A launch that takes every lookup: volumes that only its template and its image explain."""
from catalogue.tagged import TAGS


def launch_from_template(a):
    ec2 = a.quiet("ec2")
    template = ec2.create_launch_template(LaunchTemplateName="e2e-lookups", LaunchTemplateData={
        "ImageId": a.shared["image"], "InstanceType": "t3.micro",
        "BlockDeviceMappings": [{"DeviceName": "/dev/sdf", "Ebs": {"VolumeSize": 1}}]})["LaunchTemplate"]
    instance = a("ec2", "run_instances", MinCount=1, MaxCount=1, SubnetId=a.shared["subnet"],
                 LaunchTemplate={"LaunchTemplateId": template["LaunchTemplateId"], "Version": "1"},
                 TagSpecifications=[{"ResourceType": kind, "Tags": TAGS}
                                    for kind in ("instance", "volume", "network-interface")])["Instances"][0]
    # moto takes these tags at creation and forgets them.
    ec2.create_tags(Resources=[one["NetworkInterfaceId"] for one in instance["NetworkInterfaces"]], Tags=TAGS)
    volumes = ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [instance["InstanceId"]]}])
    ec2.create_tags(Resources=[one["VolumeId"] for one in volumes["Volumes"]], Tags=TAGS)
