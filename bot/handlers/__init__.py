"""What an Incoming means here; one module per kind of person (see router.py for the order)."""
