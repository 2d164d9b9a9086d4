# A whole organization, tagged from one account: each member forwards its events to the central bus and has a role that
# AutoTagger takes. One member is written out here; for many, deploy config/deploy/cloudformation/autotagger-member.yaml
# as a StackSet, or this part once an account.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.60"
    }
  }
}

variable "organization_id" {
  description = "The organization whose accounts may send events: `aws organizations describe-organization`."
  type        = string
}

variable "external_id" {
  description = "A word of your own, which the central account says when it takes a member's role."
  type        = string
}

variable "member_account" {
  description = "The member's account."
  type        = string
}

variable "member_access_role" {
  description = "The role through which Terraform reaches the member's account."
  type        = string
  default     = "OrganizationAccountAccessRole"
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

# The central account.
provider "aws" {
  region = "eu-central-1"
}

# The member, where its people work and where the global services are.
provider "aws" {
  alias  = "member"
  region = "eu-central-1"

  assume_role {
    role_arn = "arn:aws:iam::${var.member_account}:role/${var.member_access_role}"
  }
}

provider "aws" {
  alias  = "member_global"
  region = "us-east-1"

  assume_role {
    role_arn = "arn:aws:iam::${var.member_account}:role/${var.member_access_role}"
  }
}

module "autotagger" {
  source = "../.."

  runtime                    = var.runtime
  package                    = var.runtime == "lambda" ? { filename = var.package } : {}
  forwarding                 = { organization_id = var.organization_id }
  member_role                = { external_id = var.external_id }
  ledger_deletion_protection = var.ledger_deletion_protection
}

module "member_role" {
  source    = "../../modules/member-role"
  providers = { aws = aws.member }

  trusted_role_arn = module.autotagger.role_arn
  external_id      = var.external_id
}

module "member" {
  source    = "../../modules/forwarding"
  providers = { aws = aws.member }

  bus_arn = module.autotagger.bus_arn
}

module "member_global_services" {
  source    = "../../modules/forwarding"
  providers = { aws = aws.member_global }

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
