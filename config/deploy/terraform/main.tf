data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account_id = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition

  # What is derived from the handlers: `autotagger generate terraform` writes it, and a test keeps the one here fresh.
  handlers = jsondecode(file(coalesce(var.handlers_file, "${path.module}/handlers.json")))

  # The settings that this deployment itself answers for; var.settings come on top.
  placement = { for key, value in {
    accounts = length(local.senders) > 0 ? sort(setunion(local.senders, [local.account_id])) : ["any"]
    aws = {
      accountRole = "arn:{partition}:iam::{account}:role/${try(var.member_role.name, "")}"
      externalID  = try(var.member_role.external_id, "")
    }
  } : key => value if var.member_role != null }
  settings = merge(local.placement, var.settings)

  # Without settings of its own the function reads config/autotagger.yaml of its package.
  environment = merge(
    { AUTOTAGGER_LEDGER = "dynamodb://${aws_dynamodb_table.ledger.name}" },
    length(local.settings) > 0 ? { AUTOTAGGER_SETTINGS = jsonencode(local.settings) } : {},
  )

  is_lambda = var.runtime == "lambda"
}
