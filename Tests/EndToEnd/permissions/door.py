"""A door in front of moto that asks IAM first: what a policy does not allow is refused, as each protocol refuses."""
from __future__ import annotations

import http.client
import http.server
import json
import pathlib
import threading
import urllib.parse

from support import refusals
from support.identities import ACCOUNT

from .actions import required
from .operations import Request

FACTS = pathlib.Path(__file__).resolve().parents[2] / "Fixtures/derived/iam-actions.json"


class Door:
    """Use it as a context: it answers at `url` on entry and is gone on exit. `used` and `denied` tell what came by."""

    def __init__(self, endpoint: str, policy):
        self.policy = policy
        self.used, self.denied, self.unknown = set(), set(), []
        self.facts = json.loads(FACTS.read_text())
        door, address = self, urllib.parse.urlsplit(endpoint).netloc

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, headers, content = door.refusal(self.command, self.path, dict(self.headers), body) or (
                    door.pass_on(address, self.command, self.path, dict(self.headers), body))
                self.send_response_only(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = do_PATCH = do_HEAD = answer

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return "http://127.0.0.1:%d" % self._server.server_port

    @staticmethod
    def pass_on(address, method, target, headers, body):
        connection = http.client.HTTPConnection(address, timeout=60)
        try:
            # moto tells services apart by signature, and keeps the caller's host in its answers.
            connection.request(method, target, body, headers)
            reply = connection.getresponse()
            content = reply.read()
            kept = [(name, value) for name, value in reply.getheaders()
                    if name.lower() not in ("content-length", "transfer-encoding", "connection")]
            return reply.status, kept, content
        finally:
            connection.close()

    def refusal(self, method, target, headers, body):
        """What to answer instead of passing on; `None` for what is allowed."""
        try:
            request = Request(method, target, headers, body)
        except LookupError as error:
            self.unknown.append(str(error))
            return 400, [], str(error).encode()
        needed = required(request)
        denied = [action for action in needed
                  if self.policy.decide(action, "*", self.context(action, request)).name != "allowed"]
        self.denied.update(denied)
        self.used.update(set(needed) - set(denied))
        return refused(request, denied[0]) if denied else None

    def context(self, action: str, request: Request) -> dict:
        """The condition keys that IAM has for the action."""
        if not self.facts.get(action, {}).get("tagKeys"):
            return {}
        keys = request.tag_keys
        if not keys and self.facts[action]["level"] == "Tagging":
            self.unknown.append("%s writes tags, but none was found in %s" % (request, request.body[:300]))
        return {"aws:TagKeys": keys}


def refused(request: Request, action: str):
    """Access denied, under the code and in the shape of the request's wire."""
    message = f"User: arn:aws:sts::{ACCOUNT}:assumed-role/tagger/e2e is not authorized to perform: {action}"
    status, code = {
        "ec2": (403, "UnauthorizedOperation"), "query": (403, "AccessDenied"), "rest-xml": (403, "AccessDenied"),
        "rest-json": (403, "AccessDeniedException")}.get(request.wire, (400, "AccessDeniedException"))
    environ = {"CONTENT_TYPE": request.headers.get("content-type", "")}
    if request.wire == "json":
        environ["HTTP_X_AMZ_TARGET"] = request.headers["x-amz-target"]
    return status, *refusals.refusal(environ, request.signing, status, code, message)
