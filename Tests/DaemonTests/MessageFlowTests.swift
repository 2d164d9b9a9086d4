import EventSources
import Testing

@testable import Daemon

/// The flow of messages, hours of it played by the calendar.
@Suite struct MessageFlowTests {
    @Test func everyMessageIsWorkedOnOnceAndDeleted() {
        var play = Simulation(messages: 1_000)
        play.run(until: .seconds(600))
        #expect(play.stored.isEmpty)
        #expect(play.worked.count == 1_000 && play.worked.values.allSatisfy { $0 == 1 })
    }

    @Test("Five minutes of work at two minutes of visibility, and nobody else gets the message")
    func heartbeatsKeepLongWork() {
        var play = Simulation(messages: 30, readers: 2)
        play.work = { id, _ in (id == "m7" ? .seconds(300) : .seconds(1), .done) }
        var deliveries: [Int] = []
        play.run(until: .seconds(290))
        deliveries = play.stored.values.map(\.deliveries)
        #expect(deliveries.allSatisfy { $0 == 1 }, "\(deliveries)")
        play.run(until: .seconds(400))
        #expect(play.stored.isEmpty && play.worked.values.allSatisfy { $0 == 1 }, "\(play.worked)")
    }

    @Test("A queue that does not answer for a minute costs no heartbeat")
    func heartbeatsSurviveAnOutage() {
        var play = Simulation(messages: 20, readers: 2)
        play.work = { _, _ in (.seconds(400), .done) }
        play.isUp = { !(Duration.seconds(50)...Duration.seconds(80)).contains($0) }
        play.run(until: .seconds(600))
        #expect(play.stored.isEmpty && play.worked.values.allSatisfy { $0 == 1 }, "\(play.worked)")
    }

    @Test func whatIsPutOffComesWhenItIsDueAndNotBefore() {
        var play = Simulation(messages: 5)
        play.work = { _, delivery in (.zero, delivery == 1 ? .again(after: .seconds(240)) : .done) }
        play.run(until: .seconds(235))
        #expect(play.stored.count == 5 && play.stored.values.allSatisfy { $0.deliveries == 1 })
        play.run(until: .seconds(290))
        #expect(play.stored.isEmpty)
    }

    @Test("What can never be done is left alone: no deletion, no loop")
    func poisonIsLeftToTheRedrivePolicy() {
        var play = Simulation(messages: 3)
        play.work = { id, _ in (.zero, id == "m1" ? .left : .done) }
        play.run(until: .seconds(1_300))
        #expect(play.stored.keys.sorted() == ["m1"])
        // Once for each visibility that ran out, no more.
        #expect((9...12).contains(play.stored["m1"]?.deliveries ?? 0), "\(play.stored)")
    }

    @Test func noMoreIsHeldThanAllowed() {
        var play = Simulation(messages: 500, limits: FlowLimits(receivers: 4, inFlight: 40, groupSize: 8, groups: 2))
        play.work = { _, _ in (.seconds(5), .done) }
        play.run(until: .seconds(30))
        #expect(play.mostHeld <= 40)
        play.run(until: .seconds(2_000))
        #expect(play.stored.isEmpty && play.mostHeld <= 40 && play.worked.values.allSatisfy { $0 == 1 })
    }

    @Test("One slow event holds up its own group only")
    func slowWorkDoesNotStopTheRest() {
        var play = Simulation(messages: 400)
        play.work = { id, _ in (id == "m0" ? .seconds(250) : .seconds(1), .done) }
        play.run(until: .seconds(60))
        #expect(play.worked.count >= 336)
    }

    @Test("An empty queue is asked by one receiver, three times a minute")
    func anIdleQueueIsAskedSeldom() {
        var play = Simulation(messages: 0, limits: FlowLimits(receivers: 8))
        play.run(until: .seconds(3_600))
        #expect((180...200).contains(play.receives), "\(play.receives)")
    }

    @Test("An hour without an answer is asked about once a minute")
    func anOutageIsAskedAboutSeldom() {
        var play = Simulation(messages: 10, limits: FlowLimits(receivers: 1))
        play.isUp = { $0 > .seconds(3_600) }
        play.run(until: .seconds(3_600))
        #expect((60...100).contains(play.receives), "\(play.receives)")
        play.run(until: .seconds(3_800))
        #expect(play.stored.isEmpty)
    }

    @Test("AWS away for ten minutes is tried seldom: every receive counts against its message")
    func anOutageOfAWSCostsFewReceives() {
        var play = Simulation(messages: 600, limits: FlowLimits(inFlight: 40))
        play.isReached = { $0 > .seconds(600) }
        play.run(until: .seconds(600))
        // Without a pause each is received as often as its own schedule lets it come, five times.
        let deliveries = play.stored.values.map(\.deliveries).reduce(0, +)
        #expect(play.worked.isEmpty && (600...900).contains(deliveries), "\(deliveries)")
        play.run(until: .seconds(2_400))
        #expect(play.stored.isEmpty)
    }

    @Test("Told to end in the middle: in time, and what is not done is there for others at once")
    func stoppingGivesBackWhatIsNotDone() throws {
        var play = Simulation(messages: 300, limits: FlowLimits(groupSize: 10, groups: 3))
        play.work = { id, _ in (id.hasSuffix("5") ? .seconds(60) : .seconds(2), .done) }
        play.tell(0, .stop, at: .seconds(1))
        play.run(until: .seconds(30))
        let end = try #require(play.finishedAt[0])
        #expect(end <= .seconds(10))
        #expect(play.worked.count + play.stored.count == 300 && !play.stored.isEmpty)
        #expect(play.stored.values.allSatisfy { $0.hiddenUntil <= end })
    }

    @Test("Told to end while the queue hangs: in time all the same")
    func stoppingDoesNotWaitForTheQueue() throws {
        var play = Simulation(messages: 100)
        play.latency = .seconds(1)
        play.work = { _, _ in (.seconds(60), .done) }
        play.tell(0, .stop, at: .seconds(5))
        play.run(until: .seconds(5))
        play.latency = .seconds(120)
        play.run(until: .seconds(30))
        let end = try #require(play.finishedAt[0])
        #expect(end <= .seconds(13.1))
    }

    @Test("Idle and told to end: at once")
    func stoppingInALongPollIsImmediate() {
        var play = Simulation(messages: 0)
        play.tell(0, .stop, at: .seconds(7))
        play.run(until: .seconds(60))
        #expect(play.finishedAt[0] == .seconds(7))
    }

    @Test("Two readers, one killed again and again: every message is done, and few are done twice", arguments: [3, 7])
    func killsLoseNothing(every: Int) {
        var play = Simulation(
            messages: 2_000, readers: 2, limits: FlowLimits(inFlight: 60, visibility: .seconds(30)))
        for kill in 1...3 {
            play.run(until: .seconds(kill * every))
            play.kill(0)
        }
        play.run(until: .seconds(1_000))
        #expect(play.stored.isEmpty)
        #expect(play.worked.count == 2_000)
        #expect(play.worked.values.reduce(0, +) <= 2_000 + 3 * 60)
    }
}
