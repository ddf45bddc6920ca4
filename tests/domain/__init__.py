"""Rules as plain calls: no clock, no storage, no messenger."""
