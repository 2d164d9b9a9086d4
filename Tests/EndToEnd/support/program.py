"""The program under test, run for what it prints."""
from __future__ import annotations

import os
import subprocess
import tempfile


def printed(binary: str, settings: str, *arguments: str) -> str:
    """What the program prints under some settings, without AWS."""
    with tempfile.TemporaryDirectory() as folder:
        config = os.path.join(folder, "autotagger.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write(settings)
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": folder}
        done = subprocess.run(
            [binary, *arguments, "--config", config], env=environment, capture_output=True, text=True, check=True)
        return done.stdout
