"""The Telegram Bot API face of the sandbox.

gate.py takes the calls, table.py names the methods.
"""
