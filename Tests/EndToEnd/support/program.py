"""The program under test: what it finds around it, and what it prints."""
from __future__ import annotations

import os
import subprocess
import tempfile

# What the program signs with, by which the fake AWS's journal tells its calls from others'.
ACCESS_KEY = "AKIAAUTOTAGGER000001"


def environment(folder: str, endpoint: str, region: str = "us-east-1", **more: str) -> dict:
    """The environment of a run against the fake AWS, with nothing of this machine's own settings and credentials."""
    return {
        "PATH": os.environ.get("PATH", ""), "HOME": folder, "AWS_REGION": region, "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": endpoint, **more}


def printed(binary: str, settings: str, *arguments: str) -> str:
    """What the program prints under some settings, without AWS."""
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "autotagger.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(settings)
        done = subprocess.run(
            [binary, *arguments, "--config", config], env={"PATH": os.environ.get("PATH", ""), "HOME": folder},
            capture_output=True, text=True, check=True)
        return done.stdout
