"""Is the stated IAM policy enough, and no more? moto behind a door that asks the policy before every call."""
