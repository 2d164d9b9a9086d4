output "queue_url" {
  description = "The queue that events wait in: what `autotagger daemon --queue-url` takes."
  value       = aws_sqs_queue.events.url
}

output "queue_arn" {
  description = "The queue's ARN, for the notifications of a trail's bucket."
  value       = aws_sqs_queue.events.arn
}

output "dead_letter_queue_url" {
  description = "Where events end that were tried too often."
  value       = aws_sqs_queue.dead.url
}

output "ledger" {
  description = "The ledger as --ledger and AUTOTAGGER_LEDGER name it."
  value       = local.environment.AUTOTAGGER_LEDGER
}

output "environment" {
  description = "What the daemon must find in its environment, and the function does."
  value       = merge(local.environment, local.is_lambda ? {} : { AUTOTAGGER_QUEUE_URL = aws_sqs_queue.events.url })
}

output "role_arn" {
  description = "The role of the function or daemon; what modules/member-role lets in."
  value       = aws_iam_role.autotagger.arn
}

output "instance_profile" {
  description = "What an EC2 instance takes the daemon's role with; null with the function."
  value       = one(aws_iam_instance_profile.daemon[*].name)
}

output "bus_arn" {
  description = "The bus that other regions and accounts forward to; null without one."
  value       = one(aws_cloudwatch_event_bus.forwarded[*].arn)
}

output "function_name" {
  description = "The function; null with the daemon."
  value       = one(aws_lambda_function.autotagger[*].function_name)
}
