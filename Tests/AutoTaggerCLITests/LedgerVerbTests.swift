import Testing

@Suite struct LedgerVerbTests {
    @Test func whoAnswersAPersonInOneGlance() async throws {
        let ledger = try await SeededLedger()
        let run = await CommandRun.of(["ledger", "who", "vol-0def", "--ledger", ledger.path])
        #expect(
            run.output == """
                Made by   seungkim
                ARN       arn:aws:iam::123456789101:user/seungkim
                When      2023-08-03T04:36:27Z
                How       RunInstances (ec2.amazonaws.com)
                Resource  ec2:volume arn:aws:ec2:ap-northeast-2:123456789101:volume/vol-0def
                Event     e-instance
                Account   123456789101
                Region    ap-northeast-2
                Tags      tagged

                """
        )
        #expect(run.errors == "")
        #expect(run.status == 0)
    }
}
