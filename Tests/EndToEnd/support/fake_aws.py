"""moto on a free port of the loopback, behind a door that keeps a journal and can misbehave on command.

Every request passes the door, so its journal is the proof of what was called and what was not. Callers are told apart by
their access key, which lets many tests share one server.
"""
from __future__ import annotations

import contextlib
import io
import logging
import threading
import urllib.parse

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from . import policy_simulator, refusals, signatures
from .server_clock import ServerClock

# Refusals by a name: status, code, message.
REFUSALS = {
    "refuse": (400, "InvalidVolume.NotFound", "The volume '{containing}' does not exist."),
    "denied": (403, "UnauthorizedOperation", "You are not authorized to perform this operation."),
    "unavailable": (503, "Unavailable", "The service is unavailable."),
    "expired": (403, "ExpiredToken", "The security token included in the request is expired"),
    "unknownKey": (403, "InvalidClientTokenId", "The security token included in the request is invalid."),
    "outOfTime": (403, "SignatureDoesNotMatch", "Signature expired: it is too far from the present time."),
}
# A fault that nobody releases must not hang a test run.
LONGEST_HANG_SECONDS = 60


class Fault:
    """What happens to some requests instead of, or besides, their being answered."""

    def __init__(self, access_key: str, action: str, kind: str, containing: str = "", times: int = 1, refusal=None):
        self.access_key, self.action, self.kind, self.containing = access_key, action, kind, containing
        self.times, self.refusal = times, refusal or REFUSALS.get(kind)
        self.reached, self.released = threading.Event(), threading.Event()

    def takes(self, entry: dict) -> bool:
        return (self.times > 0 and self.access_key == entry["accessKey"] and self.action == entry["action"]
                and (not self.containing or self.containing in entry["resources"]))

    def hang(self) -> None:
        self.reached.set()
        self.released.wait(LONGEST_HANG_SECONDS)


class FakeAWS:
    """A moto server with a journal. Use it as a context: it is answering on entry, and gone on exit."""

    def __init__(self):
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self.journal: list = []
        self.faults: list = []
        self.clock = ServerClock()
        self._lock = threading.Lock()
        # moto checks a condition and writes in two steps; DynamoDB does both in one.
        self._atomic = threading.Lock()
        self._moto = DomainDispatcherApplication(create_backend_app)
        self._server = make_server(
            "127.0.0.1", 0, self._answer, threaded=True, request_handler=self.clock.handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        # The socket listens since it was made, so whoever calls before the thread runs merely waits.
        self._thread.start()
        return self

    def __exit__(self, *_):
        for fault in self.faults:
            fault.released.set()
        self._server.shutdown()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def calls(self, access_key: str) -> list:
        """What one caller asked for, in order."""
        with self._lock:
            return [entry for entry in self.journal if entry["accessKey"] == access_key]

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            self.faults.append(fault)
        return fault

    def _answer(self, environ, start_response):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        entry = self._entry(environ, body)
        with self._lock:
            self.journal.append(entry)
            fault = next((one for one in self.faults if one.takes(entry)), None)
            if fault:
                fault.times -= 1
        kind = fault.kind if fault else ""
        if kind == "hangBefore":
            fault.hang()
        if self.clock.refuses(entry["accessKey"], environ.get("HTTP_X_AMZ_DATE", "")):
            fault = Fault(entry["accessKey"], entry["action"], "outOfTime")
        if fault and fault.refusal:
            return self._refuse(environ, fault, entry, start_response)
        if entry["action"] == "SimulatePrincipalPolicy":
            line, text = policy_simulator.answer(urllib.parse.parse_qs(body.decode()))
            entry["status"] = int(line.split()[0])
            start_response(line, [("Content-Type", "text/xml")])
            return [text.encode()]
        return self._pass_on(environ, entry, start_response, fault if kind == "hangAfter" else None)

    def _pass_on(self, environ, entry, start_response, fault):
        status = {}

        def remember(line, headers, exc_info=None):
            status["line"], status["headers"] = line, headers

        is_table = environ.get("HTTP_X_AMZ_TARGET", "").startswith("DynamoDB_")
        with self._atomic if is_table else contextlib.nullcontext():
            chunks = b"".join(self._moto(environ, remember))
        entry["status"] = int(status["line"].split()[0])
        if fault:
            fault.hang()
        start_response(status["line"], status["headers"])
        return [chunks]

    @staticmethod
    def _entry(environ, body: bytes) -> dict:
        form = urllib.parse.parse_qs(body.decode("utf-8", "replace"))
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        # What has no name goes by its method and path: PUT /bucket?tagging.
        query = environ.get("QUERY_STRING", "").removesuffix("=")
        route = f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '').rstrip('/')}" + (f"?{query}" if query else "")
        access_key, service = signatures.caller(environ.get("HTTP_AUTHORIZATION", ""))
        return {
            "action": form.get("Action", [target.rpartition(".")[2] or route])[0],
            "accessKey": access_key,
            "service": service,
            "resources": [values[0] for key, values in form.items() if key.startswith("ResourceId.")],
            "status": 0,
        }

    @staticmethod
    def _refuse(environ, fault, entry, start_response):
        status, code, message = fault.refusal
        headers, body = refusals.refusal(
            environ, entry["service"], status, code, message.format(containing=fault.containing))
        entry["status"] = status
        start_response(f"{status} Refused", headers + [("Content-Length", str(len(body)))])
        return [body]
