private import Foundation

extension LambdaRuntime {
    /// What happens besides the answers.
    public enum Notice: Sendable, Hashable {
        /// The answer was posted, and whatever does not concern the invoker can be done now.
        case answered(requestID: String)
        /// The answer was not wanted.
        case refused(requestID: String, status: Int)
    }

    /// Takes one invocation after another and answers each once, until the control plane or an answer ends it.
    ///
    /// A result that is too large is answered as an error instead. A result that Lambda refuses otherwise is not sent again:
    /// the invocation is over for Lambda then, and whoever invoked it knows.
    ///
    /// - Returns: why it ended.
    public func serve(
        _ answer: (LambdaInvocation) async -> LambdaAnswer, noting: (Notice) -> Void = { _ in }
    ) async -> RuntimeError {
        while true {
            do throws(RuntimeError) {
                let invocation = try await next()
                let answer = await answer(invocation)
                switch try await post(answer, to: invocation) {
                case .refused(let status): noting(.refused(requestID: invocation.requestID, status: status))
                case .accepted, .tooLarge: noting(.answered(requestID: invocation.requestID))
                }
                if let lastWords = answer.lastWords { return RuntimeError(description: lastWords) }
            } catch {
                return error
            }
        }
    }

    private func post(_ answer: LambdaAnswer, to invocation: LambdaInvocation) async throws(RuntimeError) -> Receipt {
        switch answer.result {
        case .failure(let failure): return try await fail(invocation, failure)
        case .success(let body):
            let receipt = try await respond(to: invocation, body)
            guard receipt == .tooLarge else { return receipt }
            let message = "the answer of \(body.count) bytes is larger than Lambda takes; send smaller batches"
            return try await fail(invocation, LambdaAnswer.Failure(type: "responseTooLarge", message: message))
        }
    }
}
