# From CloudTrail's events to the queue. EventBridge delivers them to the default bus of the region where a call was made;
# other regions and accounts forward theirs to a bus of our own.

locals {
  patterns = var.exact_rules ? [for pattern in local.handlers.eventPatterns.exact : jsonencode(pattern)] : [jsonencode(local.handlers.eventPatterns.broad)]
  rules    = { for index, pattern in local.patterns : tostring(index + 1) => pattern }

  organization_id = try(var.forwarding.organization_id, null)
  senders         = toset(try(var.forwarding.account_ids, []))
  # What must hold of whoever sends from another account. Where nothing is asked, nobody may.
  sender_conditions = merge(
    local.organization_id == null ? {} : { "aws:PrincipalOrgID" = [local.organization_id] },
    length(local.senders) == 0 ? {} : { "aws:PrincipalAccount" = sort(local.senders) },
  )
  rule_arns = concat(
    [for rule in aws_cloudwatch_event_rule.created : rule.arn],
    [for rule in aws_cloudwatch_event_rule.forwarded : rule.arn],
  )
}

resource "aws_cloudwatch_event_rule" "created" {
  for_each = local.rules

  name          = "${var.name}-${each.key}"
  description   = "Calls that make resources, for AutoTagger."
  event_pattern = each.value
  tags          = var.tags
}

resource "aws_cloudwatch_event_target" "created" {
  for_each = aws_cloudwatch_event_rule.created

  rule      = each.value.name
  target_id = "queue"
  arn       = aws_sqs_queue.events.arn

  dead_letter_config {
    arn = aws_sqs_queue.dead.arn
  }
}

resource "aws_cloudwatch_event_bus" "forwarded" {
  count = var.forwarding == null ? 0 : 1

  name = var.name
  tags = var.tags

  lifecycle {
    precondition {
      condition     = var.member_role != null || length(local.sender_conditions) == 0
      error_message = "Other accounts are tagged through a role in each; without it their events would come and be left alone: add member_role = { external_id = \"…\" }, and make the role there with modules/member-role."
    }
  }
}

# Roles of this account need no word here: their own permissions suffice.
data "aws_iam_policy_document" "bus" {
  count = length(local.sender_conditions) > 0 ? 1 : 0

  statement {
    sid       = "Senders"
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.forwarded[0].arn]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    dynamic "condition" {
      for_each = local.sender_conditions

      content {
        test     = "StringEquals"
        variable = condition.key
        values   = condition.value
      }
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "forwarded" {
  count = length(data.aws_iam_policy_document.bus)

  event_bus_name = aws_cloudwatch_event_bus.forwarded[0].name
  policy         = data.aws_iam_policy_document.bus[0].json
}

# The senders' rules have sifted the events already. Nobody but AWS can send from a source that begins with "aws.".
resource "aws_cloudwatch_event_rule" "forwarded" {
  count = var.forwarding == null ? 0 : 1

  name           = "${var.name}-forwarded"
  description    = "Calls that make resources in other regions and accounts, for AutoTagger."
  event_bus_name = aws_cloudwatch_event_bus.forwarded[0].name
  event_pattern = jsonencode({
    source        = [{ prefix = "aws." }]
    "detail-type" = ["AWS API Call via CloudTrail"]
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "forwarded" {
  count = var.forwarding == null ? 0 : 1

  rule           = aws_cloudwatch_event_rule.forwarded[0].name
  event_bus_name = aws_cloudwatch_event_bus.forwarded[0].name
  target_id      = "queue"
  arn            = aws_sqs_queue.events.arn

  dead_letter_config {
    arn = aws_sqs_queue.dead.arn
  }
}
