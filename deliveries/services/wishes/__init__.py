"""What recipients wish for their delivery, one module a wish."""
