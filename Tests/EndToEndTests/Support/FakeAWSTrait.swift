import Testing

extension Trait where Self == ConditionTrait {
    /// Skips, saying why, where the fake AWS or the built programs are missing.
    static var needsFakeAWS: Self {
        .enabled(if: Prerequisites.areMet, Comment(rawValue: Prerequisites.advice))
    }

    /// Skips, saying why, where there is no Terraform that could set anything up without a network.
    static var needsTerraform: Self {
        .enabled(
            if: Prerequisites.hasTerraform && Prerequisites.terraformProviders != nil,
            """
            Terraform is not on the PATH, or no folder holds its AWS provider as 'terraform providers mirror' lays it out: \
            name one in AUTOTAGGER_TERRAFORM_PLUGINS
            """)
    }
}
