"""The action server: one thin module per conversation goal."""
