# One account. It runs in one region, and gets the events of two more: where people work, and us-east-1, where IAM,
# CloudFront, Route 53 and Global Accelerator are.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60"
    }
  }
}

variable "package" {
  description = "The zip that `make lambda-zip` made."
  type        = string
  default     = "../../../../../dist/autotagger-lambda-x86_64.zip"
}

variable "runtime" {
  description = "'lambda' or 'daemon'."
  type        = string
  default     = "lambda"
}

variable "ledger_deletion_protection" {
  description = "Whether the ledger must be unlocked before it can be deleted."
  type        = bool
  default     = true
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

provider "aws" {
  alias  = "global"
  region = "us-east-1"
}

module "autotagger" {
  source = "../.."

  runtime                    = var.runtime
  package                    = var.runtime == "lambda" ? { filename = var.package } : {}
  forwarding                 = {}
  ledger_deletion_protection = var.ledger_deletion_protection
}

module "ireland" {
  source    = "../../modules/forwarding"
  providers = { aws = aws.ireland }

  bus_arn = module.autotagger.bus_arn
}

module "global_services" {
  source    = "../../modules/forwarding"
  providers = { aws = aws.global }

  bus_arn = module.autotagger.bus_arn
}

output "queue_url" {
  value = module.autotagger.queue_url
}

output "dead_letter_queue_url" {
  value = module.autotagger.dead_letter_queue_url
}

output "environment" {
  value = module.autotagger.environment
}
