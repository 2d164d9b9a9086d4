"""The ledger's table in DynamoDB, made in the fake AWS as the templates in config/deploy make it for use."""
from __future__ import annotations


def _keys(partition: str, sort: str) -> list:
    return [{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]


def make(dynamodb, name: str) -> None:
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=_keys("pk", "sk"),
        AttributeDefinitions=[
            {"AttributeName": attribute, "AttributeType": "S"} for attribute in ("pk", "sk", "shard", "open", "at")],
        GlobalSecondaryIndexes=[
            {"IndexName": index, "KeySchema": _keys(partition, "at"), "Projection": {"ProjectionType": "KEYS_ONLY"}}
            for index, partition in (("by_time", "shard"), ("open_by_time", "open"))])
    dynamodb.update_time_to_live(
        TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "expires"})
