"""The fake AWS alone, for tests that speak to it themselves: prints its address and ends when its input does."""
import sys

from .fake_aws import FakeAWS

with FakeAWS() as fake:
    print(fake.url, flush=True)
    sys.stdin.read()
