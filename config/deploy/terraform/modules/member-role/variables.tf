variable "name" {
  description = "The role's name: the same in every account, since AutoTagger finds it by that."
  type        = string
  default     = "AutoTagger"

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@_-]{1,58}$", var.name))
    error_message = "A role's name here is 1 to 58 letters, digits and +=,.@_-."
  }
}

variable "trusted_role_arn" {
  description = "The role that may take this one: the output role_arn of the deployment."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", var.trusted_role_arn))
    error_message = "The role is named by its ARN: arn:aws:iam::ACCOUNT:role/NAME."
  }
}

variable "external_id" {
  description = "The word that the deployment says when it takes the role."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9+=,.@:/_-]+$", var.external_id)) && length(var.external_id) >= 2
    error_message = "An external id is at least 2 letters, digits and +=,.@:/_-."
  }
}

variable "handlers_file" {
  description = "What `autotagger generate terraform` printed for your own handlers and settings; by default that of the built-in ones."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags for everything made here."
  type        = map(string)
  default     = {}
}
