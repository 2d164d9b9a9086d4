/// A question that several checks have, asked once, whoever comes first; all get the same answer.
actor Asked<Answer: Sendable> {
    private let ask: @Sendable () async -> Answer
    private var pending: Task<Answer, Never>?

    init(_ ask: @escaping @Sendable () async -> Answer) { self.ask = ask }

    /// The answer.
    func callAsFunction() async -> Answer {
        // Not a child of the first who asks: others wait for it too.
        let question = pending ?? Task { await ask() }
        pending = question
        return await question.value
    }
}
