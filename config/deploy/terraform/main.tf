data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition

  # What is derived from the handlers: `autotagger generate terraform` writes it, and a test keeps the one here fresh.
  handlers = jsondecode(file(coalesce(var.handlers_file, "${path.module}/handlers.json")))

  # Which accounts are tagged and through which role, where there are members; null without.
  member_accounts = var.member_role == null ? null : {
    accounts = length(local.senders) > 0 ? sort(setunion(local.senders, [local.account_id])) : ["any"]
  }
  member_access = var.member_role == null ? null : {
    accountRole = "arn:{partition}:iam::{account}:role/${var.member_role.name}"
    externalID  = var.member_role.external_id
  }
  # var.settings come on top: of `aws`, which both may speak of, key by key.
  aws      = merge(local.member_access, try(var.settings.aws, null))
  settings = merge(local.member_accounts, var.settings, length(local.aws) > 0 ? { aws = local.aws } : null)

  # Without settings of its own the function reads config/autotagger.yaml of its package.
  environment = merge(
    { AUTOTAGGER_LEDGER = "dynamodb://${aws_dynamodb_table.ledger.name}" },
    length(local.settings) > 0 ? { AUTOTAGGER_SETTINGS = jsonencode(local.settings) } : {},
  )

  is_lambda = var.runtime == "lambda"
}
