internal import CloudTrail
internal import JSON

extension Dispatcher {
    /// A job with what each of its handlers found in the record.
    struct Search: Sendable {
        let job: Job
        let findings: [Finding]

        init(_ job: Job) {
            self.job = job
            findings = job.work.handlers.map { $0.handler.find(in: job.work.event) }
        }

        /// The one call that is open, where it can be asked together with those of other events.
        fileprivate var shareable: (call: PlannedCall, sharing: Sharing)? {
            let open = findings.flatMap(\.lookups)
            guard open.count == 1, let sharing = open[0].sharing, sharing.ids.count <= Sharing.maximumIDs else {
                return nil
            }
            return (open[0], sharing)
        }
    }

    /// One call that asks what several events of one account and region want to know.
    struct SharedLookup: Sendable {
        private let accountID: String
        private let region: String
        private let operation: PlannedCall
        private let sharing: Sharing
        private var members: [(search: Search, call: PlannedCall, ids: [String])] = []
        /// How many ids they ask for.
        private var count = 0

        private struct Place: Hashable {
            let accountID: String
            let region: String
            let service: String
            let operation: String
            let question: Sharing
        }

        /// Puts together what can be asked together; the rest asks by itself.
        static func gather(_ searches: [Search]) -> (shared: [SharedLookup], single: [Search]) {
            var single: [Search] = []
            var lookups: [SharedLookup] = []
            var latest: [Place: Int] = [:]
            for search in searches {
                guard let (call, sharing) = search.shareable else {
                    single.append(search)
                    continue
                }
                let event = search.job.work.event
                let place = Place(
                    accountID: event.accountID, region: event.region, service: call.service,
                    operation: call.operation, question: sharing.asking(for: []))
                if let index = latest[place], lookups[index].count + sharing.ids.count <= Sharing.maximumIDs {
                    lookups[index].add(search, call, sharing)
                } else {
                    latest[place] = lookups.count
                    lookups.append(SharedLookup(search, call, sharing))
                }
            }
            let alone = lookups.filter { $0.members.count == 1 }.flatMap { $0.members.map(\.search) }
            return (lookups.filter { $0.members.count > 1 }, single + alone)
        }

        private init(_ search: Search, _ call: PlannedCall, _ sharing: Sharing) {
            accountID = search.job.work.event.accountID
            region = search.job.work.event.region
            operation = call
            self.sharing = sharing
            add(search, call, sharing)
        }

        private mutating func add(_ search: Search, _ call: PlannedCall, _ sharing: Sharing) {
            members.append((search, call, sharing.ids))
            count += sharing.ids.count
        }

        /// Asks for all of them.
        func ask(_ reader: any ResourceReader) async -> Result<[JSONValue], Failure> {
            let all = sharing.asking(for: members.flatMap(\.ids))
            let call = PlannedCall(
                service: operation.service, operation: operation.operation, parameters: all.parameters,
                spelling: operation.spelling, sharing: all, reads: operation.reads)
            do throws(Failure) {
                return .success(try await reader.read(call, accountID: accountID, region: region))
            } catch {
                return .failure(error)
            }
        }

        /// Gives each its part. What AWS refuses to all of them nobody asks again; whose own fault it may be asks by itself.
        func share(_ answer: Result<[JSONValue], Failure>) -> [(search: Search, answers: [Lookup.Answer])] {
            switch answer {
            case .success(let pages):
                let byID = sharing.pagesByID(pages)
                return members.map { search, call, ids in
                    (search, [Lookup.Answer(call: call, pages: .success(ids.flatMap { byID[$0] ?? [] }))])
                }
            case .failure(let failure):
                let isEveryones = failure.passesByItself || failure.kind == .permission || failure.kind == .unreachable
                return members.map { search, call, _ in
                    (search, isEveryones ? [Lookup.Answer(call: call, pages: .failure(failure))] : [])
                }
            }
        }
    }
}
