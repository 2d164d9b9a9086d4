# What somebody should look at. `autotagger doctor` says why.

locals {
  queue_alarms = {
    dead-letters = {
      description = "Events were given up: see the ledger (`autotagger ledger list --outcome failed`), mend the cause, redrive."
      queue       = aws_sqs_queue.dead.name
      metric      = "ApproximateNumberOfMessagesVisible"
      threshold   = 0
    }
    oldest-message = {
      description = "Events wait too long: the function is throttled, or fails."
      queue       = aws_sqs_queue.events.name
      metric      = "ApproximateAgeOfOldestMessage"
      threshold   = var.oldest_message_alarm_seconds
    }
  }
  function_alarms = {
    errors = {
      description = "Invocations ended in an error: a crash, a timeout, settings that are wrong. See the log."
      namespace   = "AWS/Lambda"
      metric      = "Errors"
      dimensions  = { FunctionName = var.name }
      threshold   = 0
    }
    denied = {
      description = "IAM refused calls: the report names the missing permission; a service control policy may be it."
      namespace   = "AutoTagger"
      metric      = "autotagger_failures_total"
      dimensions  = { kind = "permission" }
      threshold   = 0
    }
    failures = {
      description = "Many events or resources failed, whatever the cause. They are tried again."
      namespace   = "AutoTagger"
      metric      = "autotagger_failures_total"
      dimensions  = {}
      threshold   = var.failures_alarm_count
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "queue" {
  for_each = local.queue_alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = "AWS/SQS"
  metric_name         = each.value.metric
  dimensions          = { QueueName = each.value.queue }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "function" {
  for_each = { for name, alarm in local.function_alarms : name => alarm if local.is_lambda }

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
  tags                = var.tags
}
