internal import CoreMetrics
internal import JSON
internal import Locking
