"""Tests of the sandbox: it must be as strict as the real messenger."""
