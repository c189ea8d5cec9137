"""Use cases, one package per matter; called by the gateway, the actions and the worker."""
