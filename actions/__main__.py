"""Starts the action server: ``python -m actions``."""

from actions.wiring import main

if __name__ == "__main__":
    main()
