"""Starts the worker: ``python -m scheduling``."""

from scheduling.worker import main

if __name__ == "__main__":
    main()
