"""Who may do what: roles, keys, secrets, certificates, directories, firewalls."""
import json

from ..tagged import TAGS


def identity(a):
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    a("iam", "create_role", RoleName="e2e", AssumeRolePolicyDocument=trust)
    a("iam", "create_user", UserName="e2e")
    a("iam", "create_policy", PolicyName="e2e", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}))
    a("iam", "create_open_id_connect_provider", Url="https://e2e.example.com", ThumbprintList=["a" * 40])
    a("kms", "create_key")
    a("secretsmanager", "create_secret", Name="e2e", SecretString="x")
    a("acm", "request_certificate", DomainName="e2e.example.com")
    a("acm-pca", "create_certificate_authority", CertificateAuthorityType="ROOT",
      CertificateAuthorityConfiguration={"KeyAlgorithm": "RSA_2048", "SigningAlgorithm": "SHA256WITHRSA",
                                         "Subject": {"CommonName": "e2e"}})
    directory = a("ds", "create_directory", Name="e2e.example.com", Password="Not-a-secret1", Size="Small",
                  VpcSettings={"VpcId": a.shared["vpc"], "SubnetIds": a.shared["subnets"]})
    a.shared.update(directory=directory["DirectoryId"])
    a("ds", "create_microsoft_ad", Name="ad.example.com", Password="Not-a-secret1", Edition="Standard",
      VpcSettings={"VpcId": a.shared["vpc"], "SubnetIds": a.shared["subnets"]})
    a("wafv2", "create_ip_set", Name="e2e", Scope="REGIONAL", IPAddressVersion="IPV4", Addresses=[])
    a("wafv2", "create_web_acl", Name="e2e", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig={
        "SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "e2e"})
    a.quiet("organizations").create_organization(FeatureSet="ALL")
    root = a.quiet("organizations").list_roots()["Roots"][0]["Id"]
    a("organizations", "create_organizational_unit", ParentId=root, Name="e2e")
    a("organizations", "create_policy", Name="e2e", Description="e2e", Type="SERVICE_CONTROL_POLICY",
      Content=json.dumps({"Version": "2012-10-17", "Statement": []}))
    a("signer", "put_signing_profile", profileName="e2e", platformId="AWSLambda-SHA384-ECDSA")
    cluster = a("cloudhsmv2", "create_cluster", HsmType="hsm1.medium", SubnetIds=a.shared["subnets"])["Cluster"]
    a.afterwards("cloudhsmv2", "tag_resource", ResourceId=cluster["ClusterId"], TagList=TAGS)
    a("inspector2", "create_filter", name="e2e", action="NONE", filterCriteria={})
