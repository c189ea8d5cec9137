"""Measures what the trained model understands of messages it has never seen."""
