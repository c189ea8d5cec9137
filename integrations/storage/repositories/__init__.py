"""The repositories of ``deliveries.ports``, one module per part of the field."""
