output "undelivered_queue_url" {
  description = "Where events end that the bus did not take for a day."
  value       = aws_sqs_queue.undelivered.url
}
