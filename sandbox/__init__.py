"""A messenger on loopback for the demo, for training, and for every end-to-end test.

It imports nothing of the bot that it serves, so that it cannot agree with the bot's mistakes.
"""
