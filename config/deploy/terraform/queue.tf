resource "aws_sqs_queue" "events" {
  name = "${var.name}-events"
  # Six times the function's timeout and the window for a batch, as Lambda's guide asks for.
  visibility_timeout_seconds = 6 * var.timeout + var.batching_window
  message_retention_seconds  = 4 * 24 * 3600
  receive_wait_time_seconds  = 20
  sqs_managed_sse_enabled    = var.kms_key_arn == null ? true : null
  kms_master_key_id          = var.kms_key_arn
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = var.maximum_receives
  })
  tags = var.tags
}

resource "aws_sqs_queue" "dead" {
  name                      = "${var.name}-dead-letters"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
  tags                      = var.tags
}

# Only our rules send, and only over TLS.
data "aws_iam_policy_document" "queue" {
  for_each = { events = aws_sqs_queue.events.arn, dead = aws_sqs_queue.dead.arn }

  statement {
    sid       = "Rules"
    actions   = ["sqs:SendMessage"]
    resources = [each.value]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = local.rule_arns
    }
  }

  dynamic "statement" {
    for_each = each.key == "events" && length(var.trail_log_buckets) > 0 ? [1] : []

    content {
      sid       = "TrailLogs"
      actions   = ["sqs:SendMessage"]
      resources = [each.value]

      principals {
        type        = "Service"
        identifiers = ["s3.amazonaws.com"]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [for bucket in sort(var.trail_log_buckets) : "arn:${local.partition}:s3:::${bucket}"]
      }
    }
  }

  statement {
    sid       = "OnlyOverTLS"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "queue" {
  for_each = { events = aws_sqs_queue.events.url, dead = aws_sqs_queue.dead.url }

  queue_url = each.value
  policy    = data.aws_iam_policy_document.queue[each.key].json
}

# What was made under the older names stays as it is: to unmake it would take the new policy away again.
moved {
  from = aws_sqs_queue_policy.events
  to   = aws_sqs_queue_policy.queue["events"]
}

moved {
  from = aws_sqs_queue_policy.dead
  to   = aws_sqs_queue_policy.queue["dead"]
}
