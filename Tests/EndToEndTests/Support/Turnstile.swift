/// Lets only so many in at a time.
///
/// Swift Testing starts every test at once. Each of these runs programs of its own against one fake AWS, and would on a small
/// machine wait for the others until something times out that is not to be tested.
actor Turnstile {
    /// The one that all tests with a workspace go through.
    static let shared = Turnstile(places: 4)

    private var places: Int
    private var queue: [CheckedContinuation<Void, Never>] = []

    init(places: Int) { self.places = places }

    /// Waits for a place, in the order of coming.
    func enter() async {
        guard places == 0 else { return places -= 1 }
        await withCheckedContinuation { queue.append($0) }
    }

    /// Gives the place to who waits longest.
    func leave() {
        if queue.isEmpty { places += 1 } else { queue.removeFirst().resume() }
    }
}
