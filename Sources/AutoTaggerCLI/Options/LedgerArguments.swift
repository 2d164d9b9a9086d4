public import ArgumentParser
public import AutoTagger

/// The engine's words that can be typed as an option's value.
extension LedgerState: ExpressibleByArgument {}

extension LedgerDimension: ExpressibleByArgument {}
