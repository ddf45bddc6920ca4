"""`sandbox`: serves the local messenger alone, for training and for tests by hand."""

import asyncio

from sandbox.__main__ import run


def serve_sandbox(port: int) -> int:
    """Serve until stopped; the first line of standard output is JSON with the address."""
    asyncio.run(run(port, "127.0.0.1"))
    return 0
