"""Starts one of our processes with its log at the lowest level: ``python -m …at_debug bot``."""

import logging
import runpy
import sys

from integrations.logs import set_up_logs


def main() -> None:
    """Run the module that is named, as Python itself would."""
    options = set_up_logs.__kwdefaults__
    assert options is not None
    options["level"] = logging.DEBUG
    runpy.run_module(sys.argv[1], run_name="__main__")


if __name__ == "__main__":
    main()
