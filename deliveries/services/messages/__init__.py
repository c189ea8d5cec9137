"""What arrives and leaves, who may speak, and what is kept of it."""
