"""What recipients claim about parcels that were reported as delivered."""
