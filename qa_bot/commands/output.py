"""Results as JSON lines: in UTF-8 whatever the locale, and written at once, so that a program can ask through a pipe."""

import sys
from typing import Any


def print_json(data: dict[str, Any]) -> None:
    """One line on standard output, in UTF-8."""
    import json

    sys.stdout.buffer.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
