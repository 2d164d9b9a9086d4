"""Somebody who makes things with boto3, each call written down as CloudTrail would."""
import dataclasses
import typing

import boto3
import botocore.config

from support import identities
from support.recorder import Recorder

from .tagged import carries, tagged

CREDENTIALS = {"aws_access_key_id": "AKIAMAKER00000000001", "aws_secret_access_key": "secret"}


@dataclasses.dataclass
class Case:
    """One create call: its record, or why there is none."""
    name: str
    client: str
    event: dict | None = None
    refusal: str | None = None
    # Whether the call put a tag on what it made.
    tagged: bool = False


class Scribe(typing.NamedTuple):
    """Who writes the records: the name that their caller should get, and how to listen to a client."""
    maker: str
    listen: typing.Callable[[object, list], object]


def own_scribe() -> Scribe:
    """The project's own recorder."""
    return Scribe("bob@example.com", lambda client, sink: Recorder(client, identities.NAMED["bob"], sink=sink))


class Account:
    """Calls AWS on a maker's behalf; a call that fails costs only its own case."""

    def __init__(self, endpoint: str, scribe: Scribe):
        self.cases: list[Case] = []
        # What one creation leaves to the next ones: networks, images, groups.
        self.shared: dict = {}
        self._endpoint, self._scribe, self._clients, self._records = endpoint, scribe, {}, []
        self._session = boto3.Session(region_name="us-east-1", **CREDENTIALS)

    def quiet(self, service: str):
        """A client whose calls become no case."""
        if service not in self._clients:
            # moto knows no hosts beside its own, so that no prefix may stand before it.
            client = self._session.client(service, endpoint_url=self._endpoint, config=botocore.config.Config(
                inject_host_prefix=False, retries={"total_max_attempts": 1}))
            self._scribe.listen(client, self._records)
            self._clients[service] = client
        return self._clients[service]

    def afterwards(self, service: str, method: str, **parameters):
        """Puts the tag on what the last call made, which could not take it, or moto forgot it."""
        case = self.cases[-1]
        if case.event:
            self._attempt(case, service, method, parameters)
            case.tagged = True

    def __call__(self, service: str, method: str, **parameters):
        client = self.quiet(service)
        operation = client.meta.method_to_api_mapping[method]
        case = Case("%s.%s" % (service, operation), service)
        self.cases.append(case)
        parameters = tagged(client.meta.service_model.operation_model(operation), parameters)
        case.tagged = carries(parameters)
        answer = self._attempt(case, service, method, parameters)
        case.event = None if case.refusal else self._records[-1]
        return answer

    def _attempt(self, case, service, method, parameters):
        try:
            return getattr(self.quiet(service), method)(**parameters)
        except Exception as error:  # moto's gaps are of many kinds; each is reported
            case.refusal = "%s: %s" % (type(error).__name__, str(error)[:200])
            return Nothing()


class Nothing(dict):
    """The answer of a call that failed: whatever is asked of it is nothing, too."""

    def __missing__(self, key):
        return Nothing()
