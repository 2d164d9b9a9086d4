import Testing

@testable import AWSClient

/// How the pace of one operation follows what AWS takes.
@Suite struct RequestPaceTests {
    private let key = RequestPace.Key(account: "123456789012", region: "eu-west-1", operation: "ec2:CreateTags")

    @Test func nothingIsHeldBackUntilAWSThrottles() {
        let pace = RequestPace(maximumPerSecond: nil, clock: VirtualClock())
        for _ in 0..<1_000 {
            #expect(pace.reserve(key) == .zero)
            pace.learn(key, wasThrottled: false)
        }
    }

    @Test func everyAccountRegionAndOperationHasItsOwnLine() {
        let pace = RequestPace(maximumPerSecond: nil, clock: VirtualClock())
        pace.learn(key, wasThrottled: true)
        _ = pace.reserve(key)
        #expect(pace.reserve(key) == .milliseconds(200))
        for other in [
            RequestPace.Key(account: "210987654321", region: "eu-west-1", operation: "ec2:CreateTags"),
            RequestPace.Key(account: "123456789012", region: "us-east-1", operation: "ec2:CreateTags"),
            RequestPace.Key(account: "123456789012", region: "eu-west-1", operation: "ec2:DescribeTags"),
        ] {
            #expect(pace.reserve(other) == .zero)
            #expect(pace.reserve(other) == .zero)
        }
    }

    @Test func whoWouldWaitTooLongIsTurnedAway() {
        let pace = RequestPace(maximumPerSecond: nil, clock: VirtualClock())
        pace.learn(key, wasThrottled: true)
        // Five a second for twenty seconds, and the one that goes at once.
        let taken = (0..<200).prefix { _ in pace.reserve(key) != nil }.count
        #expect(taken == 101)
    }

    @Test func aRefusalOfManyTogetherCountsOnce() {
        var lane = PacedLane(at: .zero)
        for second in 0..<10 {
            for request in 0..<100 {
                lane.learn(wasThrottled: false, at: .seconds(second) + .milliseconds(request * 10))
            }
        }
        for _ in 0..<50 { lane.learn(wasThrottled: true, at: .seconds(10)) }
        let pace = lane.pace ?? 0
        #expect((60...80).contains(pace), "seven tenths of some hundred a second, not of seventy: \(pace)")
    }

    /// A bucket as AWS keeps it: so many calls at once, refilled at a rate. The pace must settle near the rate.
    @Test(arguments: [10.0, 40.0]) func settlesNearWhatABucketRefills(rate: Double) {
        var lane = PacedLane(at: .zero)
        var (tokens, filledAt, now) = (20.0, 0.0, 0.0)
        var (accepted, refused) = (0, 0)
        while now < 120 {
            guard let delay = lane.reserve(at: .seconds(now), maximum: nil, patience: .seconds(20)) else { break }
            now += max(Double(delay.components.attoseconds) / 1e18 + Double(delay.components.seconds), 0.002)
            tokens = min(20, tokens + (now - filledAt) * rate)
            filledAt = now
            let isThrottled = tokens < 1
            if !isThrottled { tokens -= 1 }
            lane.learn(wasThrottled: isThrottled, at: .seconds(now))
            guard now > 20 else { continue }
            if isThrottled { refused += 1 } else { accepted += 1 }
        }
        #expect(Double(accepted) / 100 > rate * 0.7, "\(accepted) in 100 s")
        #expect(Double(refused) < Double(accepted) * 0.25, "\(refused) refused beside \(accepted)")
    }
}
