"""How people type a time, read piece by piece; domain/spoken_time.py puts the pieces together."""
