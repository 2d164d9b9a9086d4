"""How AWS's wire formats say no."""
from __future__ import annotations

import json

XML_SERVICES = ("cloudfront", "route53", "s3")


def refusal(environ, service: str, status: int, code: str, message: str) -> tuple:
    """Headers and body of a service's refusal, as the request's wire has them."""
    if "HTTP_X_AMZ_TARGET" in environ:
        return _json({"__type": code, "message": message}, "application/x-amz-json-1.1")
    if service == "ec2":
        return _xml(f"<Response><Errors>{_error(code, message)}</Errors><RequestID>fault-0001</RequestID></Response>")
    if service == "s3":
        return _xml(_error(code, message))
    if service in XML_SERVICES or environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        return _xml(f"<ErrorResponse>{_error(code, message)}<RequestId>fault-0001</RequestId></ErrorResponse>")
    headers, body = _json({"message": message}, "application/json")
    return headers + [("x-amzn-ErrorType", code)], body


def _error(code, message):
    return f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"


def _json(value, kind):
    return [("Content-Type", kind)], json.dumps(value).encode()


def _xml(text):
    return [("Content-Type", "text/xml")], text.encode()
