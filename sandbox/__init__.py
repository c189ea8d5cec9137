"""Plays Twilio, Telegram, drivers and recipients over HTTP on loopback, with time travel.

This room plays outsiders: it imports nothing of the product it is talking to.
"""
