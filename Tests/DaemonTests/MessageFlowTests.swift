import EventSources
import Testing

@testable import Daemon

/// The flow of messages, hours of it played by the calendar.
@Suite struct MessageFlowTests {
    /// A flow of one message whose work has come to a fate at 70 seconds of the 120 that it is hidden for.
    private static func flow(_ fate: MessageFate) -> (flow: MessageFlow, actions: [FlowAction]) {
        var flow = MessageFlow(queues: 1, limits: FlowLimits(receivers: 1), random: { 0.5 })
        _ = flow.handle(.started, at: .zero)
        _ = flow.handle(
            .received(Receiver(queue: 0, number: 0), [QueueMessage(id: "m", receipt: "r", body: "")]), at: .zero)
        let actions = flow.handle(.worked(group: 1, [fate], isOutage: false), at: .seconds(70))
        return (flow, actions)
    }

    /// What is done about messages: deletions, and hidings by their purpose.
    private static func words(_ actions: [FlowAction]) -> [String] {
        actions.compactMap { action in
            switch action {
            case .delete: "delete"
            case .hide(_, _, let purpose): purpose.rawValue
            default: nil
            }
        }
    }

    @Test(
        "No heartbeat overtakes a message that is put off or given back",
        arguments: [.again(after: .seconds(5)), .interrupted] as [MessageFate])
    func heartbeatsLeaveWhatLeavesAlone(fate: MessageFate) {
        var (flow, actions) = Self.flow(fate)
        #expect(Self.words(actions) == [fate == .interrupted ? "released" : "deferred"])
        actions = flow.handle(.tick, at: .seconds(90))
        #expect(Self.words(actions).isEmpty)
    }

    @Test("A message is deleted again only when its deletion has failed, and kept hidden until then")
    func oneDeletionAtATime() throws {
        var (flow, actions) = Self.flow(.done)
        #expect(Self.words(actions) == ["delete"])
        let held = try #require(flow.holdings.values.first?.held)
        #expect(Self.words(flow.handle(.tick, at: .seconds(90))) == ["extended"])
        actions = flow.handle(.hidden([held], .heartbeat, failed: [], lost: []), at: .seconds(90))
        actions += flow.handle(.deleted([held], failed: [held]), at: .seconds(100))
        #expect(Self.words(actions).isEmpty)
        #expect(Self.words(flow.handle(.tick, at: .seconds(120))) == ["delete"])
        #expect(Self.words(flow.handle(.tick, at: .seconds(145))).isEmpty)
        _ = flow.handle(.deleted([held], failed: [held]), at: .seconds(149))
        #expect(Self.words(flow.handle(.stop, at: .seconds(150))) == ["delete"])
        _ = flow.handle(.deleted([held], failed: [held]), at: .seconds(151))
        #expect(flow.holdings.isEmpty)
    }

    @Test("What others have got is not deleted again")
    func theLostAreForgotten() throws {
        var (flow, _) = Self.flow(.done)
        let held = try #require(flow.holdings.values.first?.held)
        _ = flow.handle(.deleted([held], failed: [held]), at: .seconds(80))
        _ = flow.handle(.hidden([held], .heartbeat, failed: [held], lost: [held]), at: .seconds(90))
        #expect(flow.holdings.isEmpty)
    }

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
