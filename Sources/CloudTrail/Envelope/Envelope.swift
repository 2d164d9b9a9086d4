public import Foundation
private import Gzip
public import JSON

/// Takes CloudTrail events out of whatever they were delivered in.
///
/// Known wrappings, in any sensible nesting: the bare record; EventBridge's `detail`; a trail's `{"Records": […]}`; SQS and
/// SNS around those; CloudWatch Logs subscriptions; `LookupEvents` answers; JSON arrays; one document a line; gzip of each.
/// One bad item never costs the others: it comes out as a rejection with its reason, in its place.
public enum Envelope {
    /// One thing that was found in a delivery.
    public struct Item: Sendable {
        /// The queue message that it came in, so that this message alone can be handed back.
        public let messageID: String?
        /// The event, or why there is none.
        public let content: Result<CloudTrailEvent, EnvelopeError>
        /// The log file that stands in for events, where the item only names one (``EnvelopeError/Code/logFileNotice``).
        public let logFile: LogFileNotice?

        /// An item of those parts.
        public init(
            messageID: String?, content: Result<CloudTrailEvent, EnvelopeError>, logFile: LogFileNotice? = nil
        ) {
            self.messageID = messageID
            self.content = content
            self.logFile = logFile
        }
    }

    /// SNS in SQS in EventBridge is four layers; nothing real needs more than this.
    private static let maximumLayers = 8

    /// Opens a delivery; what was fetched on behalf of a message keeps that message's id.
    ///
    /// - Throws: ``EnvelopeError`` when the bytes as a whole cannot be read: not JSON, damaged gzip, nothing there.
    public static func open(_ data: Data, messageID: String? = nil) throws(EnvelopeError) -> [Item] {
        let text = try inflate(data)
        guard text.contains(where: { !$0.isJSONSpace }) else {
            throw EnvelopeError(
                .empty,
                "the input is empty; a CloudTrail record or an envelope of records was expected"
            )
        }
        do {
            return open(try JSONValue(parsing: text), messageID: messageID, layer: 0)
        } catch {
            return try openLines(text, messageID: messageID, wholeError: error)
        }
    }

    /// Opens a delivery that is already a tree.
    public static func open(_ value: JSONValue) -> [Item] {
        open(value, messageID: nil, layer: 0)
    }

    private static func inflate(_ data: Data) throws(EnvelopeError) -> Data {
        guard Gzip.isGzip(data) else { return data }
        do {
            return try Gzip.decompress(data)
        } catch {
            switch error {
            case .truncated:
                throw EnvelopeError(.badGzip, "the gzip stream ends early; the file was cut short, fetch it again")
            case .damaged:
                throw EnvelopeError(.badGzip, "the gzip stream is damaged; fetch the file again")
            case .tooLarge(let limit):
                throw EnvelopeError(
                    .badGzip,
                    "the gzip stream unpacks to more than \(limit) bytes; split the file or check its origin"
                )
            }
        }
    }

    /// One document a line. A line that cannot be read is one rejection; if none can, the whole is no JSON.
    private static func openLines(
        _ text: Data, messageID: String?, wholeError: JSONError
    ) throws(EnvelopeError) -> [Item] {
        var items: [Item] = []
        var anyRead = false
        for (number, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
            guard line.contains(where: { !$0.isJSONSpace }) else { continue }
            do {
                items += open(try JSONValue(parsing: Data(line)), messageID: messageID, layer: 0)
                anyRead = true
            } catch {
                items.append(rejected(.notJSON, "line \(number + 1) is not JSON: \(error.message)", messageID))
            }
        }
        guard anyRead else {
            throw EnvelopeError(.notJSON, "not JSON: \(wholeError.message)")
        }
        return items
    }

    private static func open(_ value: JSONValue, messageID: String?, layer: Int) -> [Item] {
        guard layer < maximumLayers else {
            return [rejected(.tooDeep, "wrapped in more than \(maximumLayers) envelopes", messageID)]
        }
        let next = layer + 1
        if value.isObject { return openObject(value, messageID: messageID, layer: next) }
        switch value.kind {
        case .array(let elements):
            return elements.flatMap { open($0, messageID: messageID, layer: next) }
        case .string:
            return openText(value, messageID: messageID, layer: next)
        default:
            return [rejected(.notCloudTrail, "a lone \(value.kind.name) is not a CloudTrail record", messageID)]
        }
    }

    private static func openObject(_ value: JSONValue, messageID: String?, layer: Int) -> [Item] {
        if let notices = LogFileNotice.Finding.all(in: value) {
            return notices.map { $0.item(messageID: messageID) }
        }
        if let detail = value["detail"], value["detail-type"] != nil || value["source"] != nil {
            return open(detail, messageID: messageID, layer: layer)
        }
        if let records = value["Records"]?.array ?? value["Events"]?.array {
            return records.flatMap { open($0, messageID: messageID, layer: layer) }
        }
        if let body = value.text("body") ?? value.text("Body") {
            let id = value["messageId"]?.string ?? value["MessageId"]?.string
            return openText(body, messageID: id ?? messageID, layer: layer)
        }
        if let messages = value["Messages"]?.array {
            return messages.flatMap { open($0, messageID: messageID, layer: layer) }
        }
        if let message = value["Sns"]?.text("Message") {
            return openText(message, messageID: messageID, layer: layer)
        }
        if let message = value.text("Message"), value["TopicArn"] != nil || value["Type"]?.string == "Notification" {
            return openText(message, messageID: messageID, layer: layer)
        }
        if let record = value.text("CloudTrailEvent") {
            return openText(record, messageID: messageID, layer: layer)
        }
        if let packed = value["awslogs"]?["data"]?.string {
            return openPacked(packed, messageID: messageID, layer: layer)
        }
        if let logEvents = value["logEvents"]?.array {
            return logEvents.flatMap { openText($0["message"] ?? "", messageID: messageID, layer: layer) }
        }
        if value["digestS3Object"] != nil || value["digestStartTime"] != nil {
            return [
                rejected(.digest, "a CloudTrail digest file; it vouches for log files and holds no events", messageID)
            ]
        }
        if CloudTrailEvent.looksLikeRecord(value) {
            return [Item(messageID: messageID, content: .success(CloudTrailEvent(record: value)))]
        }
        let names = (value.object ?? [:]).keys.sorted().prefix(6).joined(separator: ", ")
        return [
            rejected(
                .notCloudTrail,
                "not a CloudTrail record nor a known envelope of one (it has: \(names.isEmpty ? "no fields" : names))",
                messageID
            )
        ]
    }

    private static func openText(_ text: JSONValue, messageID: String?, layer: Int) -> [Item] {
        do {
            return open(try JSONValue(parsingTextOf: text), messageID: messageID, layer: layer)
        } catch {
            return [rejected(.notJSON, "the message's body is not JSON: \(error.message)", messageID)]
        }
    }

    /// CloudWatch Logs hands a subscription's data over as base64 of gzip.
    private static func openPacked(_ text: String, messageID: String?, layer: Int) -> [Item] {
        guard let packed = Data(base64Encoded: text) else {
            return [rejected(.badGzip, "the CloudWatch Logs data is not base64", messageID)]
        }
        do {
            return openText(
                .string(String(decoding: try inflate(packed), as: UTF8.self)),
                messageID: messageID,
                layer: layer
            )
        } catch {
            return [Item(messageID: messageID, content: .failure(error))]
        }
    }

    static func rejected(_ code: EnvelopeError.Code, _ message: String, _ messageID: String?) -> Item {
        Item(messageID: messageID, content: .failure(EnvelopeError(code, message)))
    }
}

extension UInt8 {
    fileprivate var isJSONSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }
}

extension JSONValue {
    /// The member of that name if it is a text, unread: what stands in it is a document of its own.
    fileprivate func text(_ name: String) -> JSONValue? {
        self[name].flatMap { $0.isString ? $0 : nil }
    }
}

extension JSONValue.Kind {
    fileprivate var name: String {
        switch self {
        case .null: "null"
        case .bool: "flag"
        case .integer, .number: "number"
        case .string: "text"
        case .array: "list"
        case .object: "object"
        }
    }
}
