"""A stand-in for a self-hosted Telegram Bot API server: same methods, answers and refusals."""
