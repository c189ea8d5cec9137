"""Use cases, one module per goal; called by the gateway, the actions and the worker."""
