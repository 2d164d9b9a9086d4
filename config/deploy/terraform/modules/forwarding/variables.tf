variable "name" {
  description = "What everything made here is named after."
  type        = string
  default     = "autotagger"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,31}$", var.name))
    error_message = "A name is a letter, then up to 31 letters, digits and hyphens."
  }
}

variable "bus_arn" {
  description = "The bus to forward to: the output bus_arn of the deployment."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:events:[a-z0-9-]+:[0-9]{12}:event-bus/", var.bus_arn))
    error_message = "The bus is named by its ARN: arn:aws:events:REGION:ACCOUNT:event-bus/NAME."
  }
}

variable "handlers_file" {
  description = "What `autotagger generate terraform` printed for your own handlers and settings; by default that of the built-in ones."
  type        = string
  default     = null
}

variable "exact_rules" {
  description = "Whether rules forward only the handlers' own events (some thirty rules, no event in vain) rather than one by the verbs of names."
  type        = bool
  default     = false
}

variable "alarm_actions" {
  description = "What the alarm tells, such as the ARNs of SNS topics of this region."
  type        = set(string)
  default     = []
}

variable "tags" {
  description = "Tags for everything made here."
  type        = map(string)
  default     = {}
}
