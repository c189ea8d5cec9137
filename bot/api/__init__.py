"""The operators' API: deliveries in, plans out, drivers' events, and what was told to whom."""
