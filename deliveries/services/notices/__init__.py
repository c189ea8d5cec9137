"""What we say without being asked: due, posted, promised."""
