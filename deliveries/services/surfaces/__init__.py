"""Other places than our console where agents work: what they are shown, and what they do there."""
