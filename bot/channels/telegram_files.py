"""The bytes of a file that a Telegram bot received. https://core.telegram.org/bots/api#getfile"""

from http import HTTPStatus

import aiohttp

from bot.channels.base import Gone, Refused, SendError, TooLarge, Unavailable

MOST_BYTES = 20 * 1024 * 1024
SILENCE_SECONDS = 20.0  # a download that stands still this long is given up
TOTAL_SECONDS = 180.0


def refused_file(fault: Refused) -> SendError:
    """What a refused getFile means: all that is not too large is "wrong file_id or the file is
    temporarily unavailable"."""
    said = str(fault)
    return TooLarge(said) if "too big" in said else Gone(said)


async def fetch(session: aiohttp.ClientSession, url: str) -> bytes:
    """At most MOST_BYTES. Raises TooLarge, Gone, Unavailable; the URL, which has the token in
    it, is in none of them."""
    limit = aiohttp.ClientTimeout(total=TOTAL_SECONDS, sock_read=SILENCE_SECONDS)
    try:
        async with session.get(url, timeout=limit) as response:
            if response.status == HTTPStatus.NOT_FOUND:
                raise Gone("no file at its path")
            if response.status != HTTPStatus.OK:
                raise Unavailable(f"HTTP {response.status}")
            return await _read(response)
    except (aiohttp.ClientError, TimeoutError) as fault:
        raise Unavailable(type(fault).__name__) from None


async def _read(response: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > MOST_BYTES:
            raise TooLarge("more than a bot is promised")
    return bytes(content)
