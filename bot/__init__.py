"""The gateway: the only room that talks to people."""
