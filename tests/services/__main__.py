"""`python -m tests.services COMMAND ...` runs the command with TEST_DATABASE_URL naming a private PostgreSQL.

Where PostgreSQL cannot be had the command runs without it, on SQLite, and is told why; under CI that is a failure.
"""

import os
import signal
import subprocess
import sys

from . import Missing
from .postgres import postgres


def main(command: list[str]) -> int:
    """The command's exit status."""
    if os.environ.get("TEST_DATABASE_URL"):
        return subprocess.call(command)
    # Asked to end, leave no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with postgres() as url:
            return run(command, TEST_DATABASE_URL=url)
    except Missing as missing:
        if os.environ.get("CI"):
            print(f"FAILED: {missing}", file=sys.stderr)
            return 1
        return run(command, TEST_POSTGRES_MISSING=str(missing))


def run(command: list[str], **variables: str) -> int:
    return subprocess.call(command, env=os.environ | variables)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
