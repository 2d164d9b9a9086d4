# The role that AutoTagger takes to tag in this account. Once an account, whatever the number of regions.

locals {
  policies = jsondecode(file(coalesce(var.handlers_file, "${path.module}/../../handlers.json"))).policies
  # arn, partition, service, region, account, resource
  trusted = split(":", var.trusted_role_arn)
}

resource "aws_iam_role" "member" {
  name        = var.name
  description = "Lets AutoTagger tag resources with who made them."
  tags        = var.tags

  # The account with a condition, not the role itself: a role that is made anew is another principal of the same name, and
  # would be locked out.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:${local.trusted[1]}:iam::${local.trusted[4]}:root" }
      Condition = {
        ArnEquals    = { "aws:PrincipalArn" = var.trusted_role_arn }
        StringEquals = { "sts:ExternalId" = var.external_id }
      }
    }]
  })
}

resource "aws_iam_policy" "tagging" {
  count = length(local.policies)

  name        = "${var.name}-${count.index + 1}"
  description = "What AutoTagger's handlers need, part ${count.index + 1} of ${length(local.policies)}."
  policy      = jsonencode(local.policies[count.index])
  tags        = var.tags
}

resource "aws_iam_role_policy_attachment" "tagging" {
  count = length(local.policies)

  role       = aws_iam_role.member.name
  policy_arn = aws_iam_policy.tagging[count.index].arn
}
