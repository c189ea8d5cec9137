"""The core: the rules of the last mile in plain Python."""
