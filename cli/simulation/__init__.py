"""Days lived through with made-up traffic and people, by the product's own services."""
