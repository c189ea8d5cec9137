"""What the core asks of storage, one module a subject."""
