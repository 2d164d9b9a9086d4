variable "name" {
  description = "What everything made here is named after."
  type        = string
  default     = "autotagger"

  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9-]{0,31}$", var.name))
    error_message = "A name is a letter, then up to 31 letters, digits and hyphens."
  }
}

variable "runtime" {
  description = "What reads the queue: 'lambda', or 'daemon' for an `autotagger daemon` that you run with the role made here."
  type        = string
  default     = "lambda"

  validation {
    condition     = contains(["lambda", "daemon"], var.runtime)
    error_message = "The runtime is 'lambda' or 'daemon'."
  }
}

variable "package" {
  description = "The function's code: the zip of `make lambda-zip` as a local file or in a bucket, or a container image. None for the daemon."
  type = object({
    filename          = optional(string)
    s3_bucket         = optional(string)
    s3_key            = optional(string)
    s3_object_version = optional(string)
    image_uri         = optional(string)
  })
  default = {}

  validation {
    condition     = length([for it in [var.package.filename, var.package.s3_key, var.package.image_uri] : it if it != null]) <= 1
    error_message = "Name one of filename, s3_key (with s3_bucket) and image_uri."
  }

  validation {
    condition     = (var.package.s3_bucket == null) == (var.package.s3_key == null)
    error_message = "s3_bucket and s3_key go together."
  }
}

variable "architecture" {
  description = "The processor that the package was built for: 'arm64' or 'x86_64'."
  type        = string
  default     = "x86_64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "The architecture is 'arm64' or 'x86_64'."
  }
}

variable "settings" {
  description = "AutoTagger's settings, as in config/autotagger.yaml: tags, existingTags, handlers … With them the function is told; Lambda takes 4 KB in all."
  type        = any
  default     = {}

  validation {
    condition     = can(keys(var.settings)) && length(jsonencode(var.settings)) <= 3500
    error_message = "The settings are an object of at most 3,500 bytes as JSON; put larger ones into the package as config/autotagger.yaml."
  }
}

variable "handlers_file" {
  description = "What `autotagger generate terraform` printed for your own handlers and settings; by default that of the built-in ones."
  type        = string
  default     = null
}

variable "exact_rules" {
  description = "Whether rules let only the handlers' own events through (some thirty rules, no event in vain) rather than one by the verbs of names."
  type        = bool
  default     = false
}

variable "forwarding" {
  description = "Makes a bus that other regions of this account send to ({}), and with it the accounts of an organization, or those on a list."
  type = object({
    organization_id = optional(string)
    account_ids     = optional(set(string), [])
  })
  default = null

  validation {
    condition     = try(var.forwarding.organization_id, null) == null || can(regex("^o-[a-z0-9]{10,32}$", var.forwarding.organization_id))
    error_message = "An organization's id looks like o-a1b2c3d4e5."
  }

  validation {
    condition     = alltrue([for id in try(var.forwarding.account_ids, []) : can(regex("^[0-9]{12}$", id))])
    error_message = "An account's id is 12 digits."
  }
}

variable "member_role" {
  description = "The role to assume in the accounts that forward, made there by modules/member-role, and the external id it asks for."
  type = object({
    name        = optional(string, "AutoTagger")
    external_id = string
  })
  default = null

  validation {
    condition     = var.member_role == null || (can(regex("^[A-Za-z0-9+=,.@:/_-]+$", var.member_role.external_id)) && try(length(var.member_role.external_id), 0) >= 2)
    error_message = "An external id is at least 2 letters, digits and +=,.@:/_-."
  }
}

variable "trail_log_buckets" {
  description = "Buckets with CloudTrail's log files whose notifications shall be taken, beside or instead of events: see docs/deploy.md."
  type        = set(string)
  default     = []
}

variable "kms_key_arn" {
  description = "A key of your own for the queues, the ledger and the log; by default AWS's. Its policy must let EventBridge and CloudWatch Logs use it."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "The key is named by its ARN: arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "memory_size" {
  description = "The function's memory in MB, and by it its share of a processor."
  type        = number
  default     = 256

  validation {
    condition     = var.memory_size >= 128 && var.memory_size <= 10240
    error_message = "Lambda takes 128 to 10,240 MB."
  }
}

variable "timeout" {
  description = "How long one invocation may take, in seconds. A launch alone may be waited for 60."
  type        = number
  default     = 300

  validation {
    condition     = var.timeout >= 90 && var.timeout <= 900
    error_message = "The timeout is 90 to 900 seconds."
  }
}

variable "batch_size" {
  description = "How many events one invocation takes at most."
  type        = number
  default     = 10

  validation {
    condition     = var.batch_size >= 1 && var.batch_size <= 10000
    error_message = "A batch is of 1 to 10,000 events."
  }
}

variable "batching_window" {
  description = "How many seconds to gather events before an invocation: 0 tags at once, more makes fewer invocations."
  type        = number
  default     = 5

  validation {
    condition     = var.batching_window >= 0 && var.batching_window <= 300
    error_message = "The window is 0 to 300 seconds."
  }
}

variable "maximum_concurrency" {
  description = "How many invocations run at once at most: what keeps a burst from using up the account's rates of tagging calls."
  type        = number
  default     = 10

  validation {
    condition     = var.maximum_concurrency >= 2 && var.maximum_concurrency <= 1000
    error_message = "Lambda takes 2 to 1,000."
  }
}

variable "maximum_receives" {
  description = "How often an event is tried before it goes to the dead-letter queue. Deferred events count, too."
  type        = number
  default     = 10

  validation {
    condition     = var.maximum_receives >= 5 && var.maximum_receives <= 1000
    error_message = "An event is tried 5 to 1,000 times."
  }
}

variable "daemon_trust_policy" {
  description = "Who may take the daemon's role, as a policy document; by default EC2 instances and ECS tasks of this account."
  type        = string
  default     = null
}

variable "ledger_deletion_protection" {
  description = "Whether the table must be unlocked before it can be deleted. It is the memory of who made what."
  type        = bool
  default     = true
}

variable "log_retention_days" {
  description = "How long the function's log is kept."
  type        = number
  default     = 90

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch Logs takes 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400 … days."
  }
}

variable "alarm_actions" {
  description = "What alarms tell, such as the ARNs of SNS topics."
  type        = set(string)
  default     = []
}

variable "oldest_message_alarm_seconds" {
  description = "How old an event in the queue may be before the alarm goes."
  type        = number
  default     = 3600

  validation {
    condition     = var.oldest_message_alarm_seconds >= 300
    error_message = "Less than 300 seconds goes off at every retry."
  }
}

variable "failures_alarm_count" {
  description = "How many failures in five minutes are too many. A refusal by IAM is one too many."
  type        = number
  default     = 25

  validation {
    condition     = var.failures_alarm_count >= 0
    error_message = "A count is 0 or more."
  }
}

variable "tags" {
  description = "Tags for everything made here."
  type        = map(string)
  default     = {}
}
