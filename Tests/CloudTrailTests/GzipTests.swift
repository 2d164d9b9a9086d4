import Foundation
import Gzip
import Testing

@Suite struct GzipTests {
    /// Gzip without compression: a stored block, its length and its checksum, so that the tests need no second library.
    static func compressed(_ data: Data) -> Data {
        var result = Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])
        var rest = data[...]
        repeat {
            let block = rest.prefix(65535)
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            result.append(rest.isEmpty ? 1 : 0)
            for number in [length, ~length] { result.append(contentsOf: [UInt8(number & 0xff), UInt8(number >> 8)]) }
            result.append(block)
        } while !rest.isEmpty
        for number in [checksum(data), UInt32(data.count)] {
            result.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
        }
        return result
    }

    private static func checksum(_ data: Data) -> UInt32 {
        var sum = ~UInt32(0)
        for byte in data {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xedb8_8320 : sum >> 1 }
        }
        return ~sum
    }

    @Test(arguments: [0, 1, 100, 65_535, 65_536, 65_537, 200_000])
    func readsWhatWasWritten(size: Int) throws {
        let data = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        #expect(try Gzip.decompress(Self.compressed(data)) == data)
    }

    @Test func readsSeveralMembersAndIgnoresPadding() throws {
        let two = Self.compressed(Data("one".utf8)) + Self.compressed(Data("two".utf8))
        #expect(try Gzip.decompress(two) == Data("onetwo".utf8))
        #expect(try Gzip.decompress(two + Data(repeating: 0, count: 10)) == Data("onetwo".utf8))
    }

    @Test(arguments: [5, 12, 20])
    func namesTruncation(dropping count: Int) {
        let cut = Self.compressed(Data("some text that is long enough".utf8)).dropLast(count)
        #expect(throws: GzipError.truncated) { try Gzip.decompress(Data(cut)) }
    }

    @Test func namesDamage() {
        var bytes = Self.compressed(Data("some text".utf8))
        bytes[12] ^= 0xff
        #expect(throws: GzipError.damaged) { try Gzip.decompress(bytes) }
    }

    @Test func stopsAtTheCap() {
        let packed = Self.compressed(Data(repeating: 0, count: 100_000))
        #expect(throws: GzipError.tooLarge(limit: 50_000)) { try Gzip.decompress(packed, maximumBytes: 50_000) }
    }
}
