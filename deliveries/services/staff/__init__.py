"""What the carrier's staff may do, and what they did."""
