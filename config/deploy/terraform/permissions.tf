# One role, for the function or for the daemon: what tagging needs, as derived from the handlers, and what this deployment is
# made of. Managed policies hold the first, since together they are more than a role takes inline.

locals {
  # For each statement that bounds them, the keys of tags that it lets AutoTagger write.
  allowed_keys = [
    for statement in flatten(local.handlers.policies[*].Statement) : statement.Condition["ForAllValues:StringEquals"]["aws:TagKeys"]
    if can(statement.Condition["ForAllValues:StringEquals"]["aws:TagKeys"])
  ]
  # What var.settings would write and some statement does not allow.
  refused_keys = distinct(flatten([
    for keys in local.allowed_keys : [
      for key, value in try(var.settings.tags, {}) : key if value != null && !contains(keys, key)
    ]
  ]))
}

resource "aws_iam_role" "autotagger" {
  name               = "${var.name}-${data.aws_region.current.id}"
  description        = "Tags resources with who made them."
  assume_role_policy = local.is_lambda ? data.aws_iam_policy_document.function_trust.json : coalesce(var.daemon_trust_policy, data.aws_iam_policy_document.daemon_trust.json)
  tags               = var.tags

  lifecycle {
    precondition {
      condition     = length(local.handlers.policies) <= 20
      error_message = "The handlers need ${length(local.handlers.policies)} policies and a role takes 20 at most: switch some off (settings: handlers.disable) and generate handlers.json again."
    }

    precondition {
      condition     = length(local.refused_keys) == 0
      error_message = "The policies do not allow the tags' keys ${join(", ", local.refused_keys)}, so that IAM would deny every tag: print policies for your settings with `autotagger generate terraform --config autotagger.yaml > handlers.json`, and name that file as handlers_file."
    }
  }
}

data "aws_iam_policy_document" "function_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "daemon_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com", "ecs-tasks.amazonaws.com"]
    }
  }
}

# What an EC2 instance takes the daemon's role with.
resource "aws_iam_instance_profile" "daemon" {
  count = local.is_lambda ? 0 : 1

  name = aws_iam_role.autotagger.name
  role = aws_iam_role.autotagger.name
  tags = var.tags
}

resource "aws_iam_policy" "tagging" {
  count = length(local.handlers.policies)

  name        = "${var.name}-${data.aws_region.current.id}-${count.index + 1}"
  description = "What AutoTagger's handlers need, part ${count.index + 1} of ${length(local.handlers.policies)}."
  policy      = jsonencode(local.handlers.policies[count.index])
  tags        = var.tags
}

resource "aws_iam_role_policy_attachment" "tagging" {
  count = length(local.handlers.policies)

  role       = aws_iam_role.autotagger.name
  policy_arn = aws_iam_policy.tagging[count.index].arn
}

resource "aws_iam_role_policy" "deployment" {
  name   = "deployment"
  role   = aws_iam_role.autotagger.id
  policy = data.aws_iam_policy_document.deployment.json
}

data "aws_iam_policy_document" "deployment" {
  statement {
    sid = "Queue"
    actions = [
      "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage",
    ]
    resources = [aws_sqs_queue.events.arn]
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.dead.arn]
  }

  statement {
    sid       = "Ledger"
    actions   = ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.ledger.arn]
  }

  dynamic "statement" {
    for_each = aws_cloudwatch_log_group.autotagger

    content {
      sid       = "Log"
      actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      resources = ["${statement.value.arn}:*"]
    }
  }

  dynamic "statement" {
    for_each = var.member_role == null ? [] : [var.member_role.name]

    content {
      sid       = "MemberRoles"
      actions   = ["sts:AssumeRole"]
      resources = length(local.senders) > 0 ? [for id in sort(local.senders) : "arn:${local.partition}:iam::${id}:role/${statement.value}"] : ["arn:${local.partition}:iam::*:role/${statement.value}"]

      dynamic "condition" {
        for_each = local.organization_id[*]

        content {
          test     = "StringEquals"
          variable = "aws:ResourceOrgID"
          values   = [condition.value]
        }
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.trail_log_buckets) > 0 ? [1] : []

    content {
      sid       = "TrailLogs"
      actions   = ["s3:GetObject", "s3:ListBucket"]
      resources = flatten([for bucket in sort(var.trail_log_buckets) : ["arn:${local.partition}:s3:::${bucket}", "arn:${local.partition}:s3:::${bucket}/*"]])
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      sid       = "Key"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }
}
