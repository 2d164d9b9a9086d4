resource "aws_lambda_function" "autotagger" {
  count = local.is_lambda ? 1 : 0

  function_name = var.name
  description   = "Tags resources with who made them."
  role          = aws_iam_role.autotagger.arn
  architectures = [var.architecture]
  memory_size   = var.memory_size
  timeout       = var.timeout

  package_type      = var.package.image_uri == null ? "Zip" : "Image"
  runtime           = var.package.image_uri == null ? "provided.al2023" : null
  handler           = var.package.image_uri == null ? "bootstrap" : null
  filename          = var.package.filename
  source_code_hash  = var.package.filename == null ? null : filebase64sha256(var.package.filename)
  s3_bucket         = var.package.s3_bucket
  s3_key            = var.package.s3_key
  s3_object_version = var.package.s3_object_version
  image_uri         = var.package.image_uri

  environment {
    variables = local.environment
  }

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.autotagger[0].name
  }

  tags = var.tags

  # Without its permissions the function's first events would fail.
  depends_on = [aws_iam_role_policy_attachment.tagging, aws_iam_role_policy.deployment]

  lifecycle {
    precondition {
      condition     = var.package.filename != null || var.package.s3_key != null || var.package.image_uri != null
      error_message = "The function needs its code: package = { filename = \"dist/autotagger-lambda-x86_64.zip\" }, made by `make lambda-zip`, or runtime = \"daemon\"."
    }
  }
}

resource "aws_lambda_event_source_mapping" "queue" {
  count = local.is_lambda ? 1 : 0

  event_source_arn                   = aws_sqs_queue.events.arn
  function_name                      = aws_lambda_function.autotagger[0].arn
  batch_size                         = var.batch_size
  maximum_batching_window_in_seconds = var.batching_window
  function_response_types            = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.maximum_concurrency
  }

  lifecycle {
    precondition {
      condition     = var.batch_size <= 10 || var.batching_window >= 1
      error_message = "A batch of more than 10 events needs a batching_window of a second at least."
    }
  }
}

resource "aws_cloudwatch_log_group" "autotagger" {
  count = local.is_lambda ? 1 : 0

  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.kms_key_arn
  tags              = var.tags
}
