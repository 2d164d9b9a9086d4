"""Relational databases, caches, and their kin."""
from support.identities import ACCOUNT

from ..tagged import ROLE


def databases(a):
    rds = dict(Engine="postgres", MasterUsername="e2e", MasterUserPassword="not-a-secret")
    a("rds", "create_db_instance", DBInstanceIdentifier="e2e", DBInstanceClass="db.m5.large", AllocatedStorage=20, **rds)
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
    a("neptune", "create_db_cluster", DBClusterIdentifier="e2e-neptune", Engine="neptune")
    a("elasticache", "create_cache_cluster", CacheClusterId="e2e", Engine="redis", NumCacheNodes=1,
      CacheNodeType="cache.t3.micro")
    a("elasticache", "create_replication_group", ReplicationGroupId="e2e-rg", ReplicationGroupDescription="e2e",
      Engine="redis")
    a("elasticache", "create_cache_subnet_group", CacheSubnetGroupName="e2e", CacheSubnetGroupDescription="e2e",
      SubnetIds=a.shared["subnets"])
    a("elasticache", "create_user", UserId="e2e", UserName="e2e", Engine="Redis", AccessString="on ~*",
      NoPasswordRequired=True)
    a("redshift", "create_cluster", ClusterIdentifier="e2e", NodeType="ra3.xlplus", MasterUsername="e2e",
      MasterUserPassword="Not-a-secret1")
    a("redshift", "create_cluster_subnet_group", ClusterSubnetGroupName="e2e", Description="e2e",
      SubnetIds=a.shared["subnets"])
    a("redshift", "create_cluster_parameter_group", ParameterGroupName="e2e", ParameterGroupFamily="redshift-1.0",
      Description="e2e")
    a("redshift", "create_cluster_snapshot", SnapshotIdentifier="e2e", ClusterIdentifier="e2e")
    a("memorydb", "create_cluster", ClusterName="e2e", NodeType="db.t4g.small", ACLName="open-access")
    a("dax", "create_cluster", ClusterName="e2e", NodeType="dax.t3.small", ReplicationFactor=1, IamRoleArn=ROLE)
    a("timestream-write", "create_database", DatabaseName="e2e")
    a("opensearch", "create_domain", DomainName="e2e-search")
    a("es", "create_elasticsearch_domain", DomainName="e2e-older")
