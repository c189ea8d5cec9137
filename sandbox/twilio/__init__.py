"""A stand-in for Twilio's Programmable Messaging: same paths, same answers, same refusals."""
