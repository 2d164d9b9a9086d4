import Doctor
import JSON

/// What people read: a line for each thing looked at, and under it why and what to do.
enum DoctorOutput {
    static func text(_ lines: [CheckLine]) -> String {
        let width = lines.map(\.check.count).max() ?? 0
        let statusWidth = CheckLine.Status.allCases.map(\.rawValue.count).max() ?? 0
        let indent = String(repeating: " ", count: statusWidth + width + 4)
        var text = ""
        for line in lines {
            let status = line.status.rawValue.padding(statusWidth)
            text += "\(status)  \(line.check.padding(width))  \(line.what.indented(by: indent))\n"
            if let why = line.why { text += "\(indent)why: \(why.indented(by: indent))\n" }
            if let advice = line.advice { text += "\(indent)do:  \(advice.indented(by: indent))\n" }
        }
        return text + "\n" + verdict(lines) + "\n"
    }

    private static func verdict(_ lines: [CheckLine]) -> String {
        func names(_ status: CheckLine.Status) -> String {
            var seen: Set<String> = []
            return lines.filter { $0.status == status && seen.insert($0.check).inserted }.map(\.check)
                .joined(separator: ", ")
        }
        let (broken, warnings) = (names(.broken), names(.warning))
        if broken.isEmpty {
            return warnings.isEmpty ? "Nothing is broken." : "Nothing is broken. To look at: \(warnings)."
        }
        return "Broken: \(broken). Begin with the first." + (warnings.isEmpty ? "" : " To look at: \(warnings).")
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// Mistakes in settings come one a line; what comes from AWS is made harmless for a terminal.
    fileprivate func indented(by indent: String) -> String {
        split(separator: "\n").map { String($0).oneLine }.joined(separator: "\n" + indent)
    }
}

extension Rows {
    static func checks(_ lines: [CheckLine]) -> Rows {
        Rows(
            columns: [
                Column(title: "STATUS", key: "status"), Column(title: "CHECK", key: "check"),
                Column(title: "WHAT", key: "what"), Column(title: "WHY", key: "why"), Column(title: "DO", key: "do"),
            ],
            records: lines.map { line in
                func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
                return Record(
                    cells: [line.status.rawValue, line.check, line.what, line.why ?? "", line.advice ?? ""],
                    document: [
                        "check": .string(line.check), "status": .string(line.status.rawValue),
                        "what": .string(line.what), "why": text(line.why), "do": text(line.advice),
                        "trouble": text(line.trouble?.rawValue),
                    ])
            })
    }
}
