"""What a turn says, and what it is about: the way from words heard to an answer."""
