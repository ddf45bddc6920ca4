"""The person API: how pages, tests and scripts play the people (see sandbox-api.md)."""
