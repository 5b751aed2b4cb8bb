"""Results as JSON lines: bytes that do not depend on the locale, out at once so that a pipe can be driven by them."""

import sys
from typing import Any


def print_json(data: dict[str, Any]) -> None:
    """One line on standard output, in UTF-8."""
    import json

    sys.stdout.buffer.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
