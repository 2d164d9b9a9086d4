/// Where the present task runs.
///
/// A task that is begun outside of any group knows nothing of the executor that its maker prefers, and would wake a thread of
/// the system's pool for a step that belongs to the same piece of work.
extension Optional where Wrapped == any TaskExecutor {
    /// The executor that the present task prefers, for a task of its own that is to run there, too.
    package static var ofThisTask: Self { withUnsafeCurrentTask { $0?.unownedTaskExecutor?.asTaskExecutor() } }
}
