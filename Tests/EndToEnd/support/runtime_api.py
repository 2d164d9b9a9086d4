"""A fake of the Lambda Runtime API: hands out invocations and keeps the answers."""
from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .identities import ACCOUNT

PREFIX = "/2018-06-01/runtime/"


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Keeps quiet: a function that is ended amid its wait for an event resets the connection."""


class RuntimeAPI:
    """Serves the given events, one an invocation, and then lets the function wait for more, as AWS does."""

    def __init__(self, events: list):
        self.answers: list = []
        self.first_next = None
        self._waiting = list(enumerate(events))
        self._changed = threading.Condition()
        self._closed = False
        self._server = Server(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._server.server_port}"

    def wait_for_first_next(self, seconds: float) -> float | None:
        """When the function asked for its first event, by `time.perf_counter`."""
        with self._changed:
            self._changed.wait_for(lambda: self.first_next is not None, seconds)
        return self.first_next

    def wait_for_answers(self, count: int, seconds: float) -> list:
        """The answers so far, once there are so many or time is up."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.answers) >= count, seconds)
            return list(self.answers)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.shutdown()

    def _next(self):
        with self._changed:
            self.first_next = self.first_next or time.perf_counter()
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return self._waiting.pop(0) if self._waiting else None

    def _take(self, path: str, body: str) -> bool:
        parts = path.removeprefix(PREFIX).split("/")
        known = parts[0] == "invocation" and len(parts) == 3 and parts[2] in ("response", "error")
        if not known and parts != ["init", "error"]:
            return False
        with self._changed:
            self.answers.append({"request": parts[1] if known else None, "kind": parts[-1], "body": body})
            self._changed.notify_all()
        return True

    def _handler(self):
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                invocation = api._next() if self.path == PREFIX + "invocation/next" else None
                if invocation is None:
                    return self._send(410, {})
                number, event = invocation
                self._send(200, event, {
                    "Lambda-Runtime-Aws-Request-Id": f"00000000-0000-0000-0000-{number:012d}",
                    "Lambda-Runtime-Deadline-Ms": str(int(time.time() * 1000) + 30_000),
                    "Lambda-Runtime-Invoked-Function-Arn":
                        f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:autotagger",
                })

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                self._send(202 if api._take(self.path, body) else 404, {"status": "OK"})

            def _send(self, status, value, headers=None):
                data = json.dumps(value).encode()
                try:
                    self.send_response(status)
                    for name, text in {"Content-Type": "application/json", "Content-Length": str(len(data)),
                                       **(headers or {})}.items():
                        self.send_header(name, text)
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    # The function was ended while it waited for its next event.
                    self.close_connection = True

            def log_message(self, *_):
                """Keeps quiet: the answers are the log."""

        return Handler
