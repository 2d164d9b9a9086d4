import Foundation

/// The events of the benchmark: the fixtures, as an EventBridge rule sends them, each with an id, a resource and a second of its
/// own, so that no two of them get the same tags.
enum QueuedEvent {
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/ec2")

    /// A message's body as it stands in the queue's reply: JSON in a JSON string.
    static func body(number: Int, kind: InstantAWS.Kind) -> String {
        let time = time(number)
        let record = record(kind)
            .replacing("8f0e5b3a-7f0d-4c39-9d0c-1a2b3c4d5e6f", with: "00000000-0000-4000-8000-\(id(number))")
            .replacing("00000000-0000-4000-8000-000000000000", with: "00000000-0000-4000-8000-\(id(number))")
            .replacing("i-0a1b2c3d4e5f60718", with: "i-00000\(id(number))")
            .replacing("eni-0a1b2c3d4e5f60718", with: "eni-00000\(id(number))")
            .replacing("vol-0aa", with: "vol-00000\(id(number))")
            .replacing("123456789101", with: "123456789012")
            .replacing("2023-08-03T04:36:27Z", with: time)
        let detail =
            "{\"version\":\"0\",\"id\":\"\(UUID().uuidString)\",\"detail-type\":\"AWS API Call via CloudTrail\","
            + "\"source\":\"aws.ec2\",\"account\":\"123456789012\",\"time\":\"\(time)\",\"region\":\"ap-northeast-2\","
            + "\"resources\":[],\"detail\":\(record)}"
        return "\"" + detail.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// When the event of an instance was, for what its description says.
    static func time(ofInstance id: String) -> String { time(Int(id.suffix(12)) ?? 0) }

    private static func time(_ number: Int) -> String {
        let (hour, minute, second) = (number / 3600 % 24, number / 60 % 60, number % 60)
        return "2026-01-05T\(two(hour)):\(two(minute)):\(two(second))Z"
    }

    private static let launches = compact("RunInstances.json")
    private static let volumes = compact("CreateVolume.json")

    private static func record(_ kind: InstantAWS.Kind) -> String { kind == .launches ? launches : volumes }

    /// A fixture without the white space that CloudTrail does not send.
    private static func compact(_ name: String) -> String {
        guard let data = FileManager.default.contents(atPath: fixtures.appending(path: name).path),
            let tree = try? JSONSerialization.jsonObject(with: data),
            let text = try? JSONSerialization.data(withJSONObject: tree, options: [.withoutEscapingSlashes])
        else { fatalError("no fixture \(name) in \(fixtures.path)") }
        return String(decoding: text, as: UTF8.self)
    }

    private static func id(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
