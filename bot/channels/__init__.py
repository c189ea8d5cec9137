"""The networks on which people reach us, one folder per provider."""
