"""Says which tests this machine leaves out, and why: ``python -m tests.left_out``."""

import os
import shutil
import sys
from pathlib import Path

from tests.servers import has_postgresql

REFERENCE = "../shared"


def missing() -> list[str]:
    """Return what some tests need and this machine does not have."""
    chromium = os.environ.get("PLAYWRIGHT_CHROMIUM") or any(
        shutil.which(name) for name in ("chromium", "chromium-browser")
    )
    reference = Path(os.environ.get("DOORSTEP_REFERENCE_DIR", REFERENCE))
    found = {
        "PostgreSQL": has_postgresql(),
        "Redis": bool(shutil.which("redis-server")),
        "Chromium": bool(chromium),
        "reference folder": reference.is_dir(),
    }
    return [name for name, is_here in found.items() if not is_here]


def main() -> int:
    """Print one line; where everything is required, what is missing is a failure."""
    without = missing()
    told = f"what needs {', '.join(without)}" if without else "nothing"
    sys.stdout.write(f"left out: {told}\n")
    is_required = os.environ.get("DOORSTEP_REQUIRE_SERVERS") == "1"
    return 1 if without and is_required else 0


if __name__ == "__main__":
    sys.exit(main())
