import BenchmarkReplies
import Foundation
import JSON
import Testing

@testable import AWSClient
@testable import EC2Plugin

/// What is read of EC2's description of an instance.
@Suite struct DescribedInstanceTests {
    @Test("a reply without the elements that nobody reads tells the same of an instance")
    func namesAllThatItReads() throws {
        let reply = Data(
            InstanceDescriptions.reply([("i-0a", "2026-01-05T10:00:00Z"), ("i-0b", "2026-01-05T10:00:01Z")]).utf8)
        let whole = DescribedInstance.all(in: try XMLReader.read(reply).content)
        let short = try XMLReader.read(reply, wanted: ReplyElements(DescribedInstance.elements)).content
        #expect(whole.map(\.id) == ["i-0a", "i-0b"])
        #expect(whole.allSatisfy { $0.rootIsEBS && $0.state == "running" && $0.rootDevice == "/dev/xvda" })
        #expect(whole.allSatisfy { $0.volumes.first?.attachedAt != nil && $0.interfaces.first?.index == "0" })
        #expect(String(describing: DescribedInstance.all(in: short)) == String(describing: whole))
        #expect(short.compactText.utf8.count * 3 < reply.count)
    }
}
