# In a region or an account that AutoTagger does not run in: forwards the events to where it does. What cannot be
# delivered for a day is kept here.

locals {
  handlers = jsondecode(file(coalesce(var.handlers_file, "${path.module}/../../handlers.json")))
  patterns = var.exact_rules ? [for pattern in local.handlers.eventPatterns.exact : jsonencode(pattern)] : [jsonencode(local.handlers.eventPatterns.broad)]
  rules    = { for index, pattern in local.patterns : tostring(index + 1) => pattern }
}

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

resource "aws_cloudwatch_event_rule" "created" {
  for_each = local.rules

  name          = "${var.name}-${each.key}"
  description   = "Calls that make resources, forwarded to AutoTagger."
  event_pattern = each.value
  tags          = var.tags
}

resource "aws_cloudwatch_event_target" "created" {
  for_each = aws_cloudwatch_event_rule.created

  rule      = each.value.name
  target_id = "bus"
  arn       = var.bus_arn
  role_arn  = aws_iam_role.forwarding.arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_iam_role" "forwarding" {
  name        = "${var.name}-forwarding-${data.aws_region.current.id}"
  description = "Sends events to AutoTagger's bus."
  tags        = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "events.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
    }]
  })
}

resource "aws_iam_role_policy" "forwarding" {
  name = "forwarding"
  role = aws_iam_role.forwarding.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "events:PutEvents", Resource = var.bus_arn }]
  })
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "${var.name}-undelivered"
  message_retention_seconds = 14 * 24 * 3600
  sqs_managed_sse_enabled   = true
  tags                      = var.tags
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Rules"
        Effect    = "Allow"
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.undelivered.arn
        Principal = { Service = "events.amazonaws.com" }
        Condition = { ArnEquals = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.created : rule.arn] } }
      },
      {
        Sid       = "OnlyOverTLS"
        Effect    = "Deny"
        Action    = "sqs:*"
        Resource  = aws_sqs_queue.undelivered.arn
        Principal = "*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  alarm_name          = "${var.name}-undelivered"
  alarm_description   = "Events did not reach AutoTagger's bus: its policy, or this role, refuses them."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.undelivered.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
  tags                = var.tags
}
