"""Buckets, tables, file systems, backups, images."""
from ..tagged import TAGS


def storage(a):
    a("s3", "create_bucket", Bucket="e2e-bucket")
    # A bucket's tags are replaced all at once.
    a.afterwards("s3", "put_bucket_tagging", Bucket="e2e-bucket", Tagging={"TagSet": TAGS})
    a("dynamodb", "create_table", TableName="e2e", BillingMode="PAY_PER_REQUEST",
      AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
      KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    system = a("efs", "create_file_system", CreationToken="e2e")["FileSystemId"]
    a("efs", "create_access_point", ClientToken="e2e", FileSystemId=system)
    lustre = a("fsx", "create_file_system", FileSystemType="LUSTRE", StorageCapacity=1200,
               SubnetIds=[a.shared["subnet"]])["FileSystem"]["FileSystemId"]
    a("fsx", "create_backup", FileSystemId=lustre)
    a("backup", "create_backup_vault", BackupVaultName="e2e")
    a("backup", "create_backup_plan", BackupPlan={"BackupPlanName": "e2e", "Rules": [
        {"RuleName": "daily", "TargetBackupVaultName": "e2e"}]})
    a("ecr", "create_repository", repositoryName="e2e")
