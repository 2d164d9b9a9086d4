"""What a request's signature tells: it stands in the clear in the header, as key/date/region/service/aws4_request."""
from __future__ import annotations

import re

SCOPE = re.compile(r"Credential=([^/,]+)/\d{8}/[^/]*/([^/]+)/aws4_request")


def caller(authorization: str) -> tuple:
    """Who signed, by access key, and for which service; both empty without a signature."""
    scope = SCOPE.search(authorization)
    return scope.groups() if scope else ("", "")
