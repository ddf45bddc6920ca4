"""getUpdates and the webhook methods, which exclude each other."""

from __future__ import annotations

from urllib.parse import urlsplit

from sandbox.faults import Fault
from sandbox.model import Wire
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request, conflict
from sandbox.updates import MOST_PER_BATCH, Superseded
from sandbox.webhook import Courier

LONGEST_POLL = 50
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DUPLICATE = frozenset({"duplicate_update"})
REORDER = frozenset({"reorder_updates"})


async def get_updates(call: Call) -> list[Wire]:
    """getUpdates; a second poll of the same bot ends the first with 409."""
    mailbox = call.bot.mailbox
    if mailbox.on_push is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to "
            "delete the webhook first"
        )
    _allow(call)
    mailbox.polls += 1
    mailbox.confirm(call.params.number("offset") or 0)
    limit = min(max(call.params.number("limit") or MOST_PER_BATCH, 1), MOST_PER_BATCH)
    timeout = min(max(call.params.number("timeout") or 0, 0), LONGEST_POLL)
    try:
        return _played(call, await mailbox.poll(limit, timeout))
    except Superseded:
        raise conflict(
            "terminated by other getUpdates request; make sure that only one bot "
            "instance is running"
        ) from None


def _played(call: Call, batch: list[Wire]) -> list[Wire]:
    for update in batch:
        if _fault(call, DUPLICATE):
            call.bot.mailbox.repeat(update)
    return batch[::-1] if len(batch) > 1 and _fault(call, REORDER) else batch


def _fault(call: Call, kinds: frozenset[str]) -> Fault | None:
    return call.world.faults.strike(kinds, call.bot.id, "getUpdates")


def set_webhook(call: Call) -> bool:
    """setWebhook; plain HTTP is taken for a loopback address only. An empty URL removes it."""
    url = call.params.text("url") or ""
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    delete_webhook(call)
    _allow(call)
    secret = call.params.text("secret_token")
    most = call.params.number("max_connections") or 40
    courier = Courier(call.world, call.bot, url, secret, most)
    call.world.couriers[call.bot.id] = courier
    call.bot.mailbox.interrupt()
    courier.start()
    return True


def delete_webhook(call: Call) -> bool:
    """deleteWebhook; what was not delivered waits for getUpdates unless it is dropped."""
    courier = call.world.couriers.pop(call.bot.id, None)
    if courier is not None:
        courier.stop()
    if call.params.flag("drop_pending_updates"):
        call.bot.mailbox.drop_all()
    return True


def get_webhook_info(call: Call) -> Wire:
    """getWebhookInfo."""
    courier = call.world.couriers.get(call.bot.id)
    mailbox = call.bot.mailbox
    info: Wire = {
        "url": courier.url if courier else "",
        "has_custom_certificate": False,
        "pending_update_count": len(mailbox.pending),
    }
    if courier is not None:
        info |= {"max_connections": courier.most, "ip_address": "127.0.0.1"}
        if courier.last_error is not None:
            info["last_error_date"], info["last_error_message"] = courier.last_error
    if mailbox.allowed is not None:
        info["allowed_updates"] = sorted(mailbox.allowed)
    return info


def _allow(call: Call) -> None:
    allowed = call.params.tree("allowed_updates", "allowed_updates")
    if isinstance(allowed, list):
        call.bot.mailbox.allow(str(kind) for kind in allowed)
