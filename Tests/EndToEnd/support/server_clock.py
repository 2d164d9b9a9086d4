"""AWS's clock, which for some callers may differ from this machine's."""
from __future__ import annotations

import datetime
import email.utils

from werkzeug.serving import WSGIRequestHandler

from . import signatures

# Further off than this a signature is refused.
TOLERANCE = datetime.timedelta(minutes=5)


class ServerClock:
    def __init__(self):
        # By how many seconds AWS's clock is ahead, by access key.
        self.skews: dict = {}

    def time(self, access_key: str) -> datetime.datetime:
        skew = datetime.timedelta(seconds=self.skews.get(access_key, 0))
        return datetime.datetime.now(datetime.timezone.utc) + skew

    def refuses(self, access_key: str, signed: str) -> bool:
        """Whether a request that was signed at that time is too old or from the future."""
        if access_key not in self.skews or not signed:
            return False
        moment = datetime.datetime.strptime(signed, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        return abs(self.time(access_key) - moment) > TOLERANCE

    def handler(self):
        """Answers requests with this clock's time in `Date`."""
        clock = self

        class DatedHandler(WSGIRequestHandler):
            def date_time_string(self, timestamp=None):
                access_key, _ = signatures.caller(self.headers.get("Authorization", ""))
                return email.utils.format_datetime(clock.time(access_key), usegmt=True)

        return DatedHandler
