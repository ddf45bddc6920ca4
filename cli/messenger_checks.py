"""The checks of doctor that ask the messenger: token, clock, privacy mode, webhook, rights."""

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta

from cli.bot_api import Answer, BotApi, Unanswered, open_bot_api
from cli.findings import Finding, State
from domain.notices import Text
from settings import Bot

CLOCK_TOLERANCE = timedelta(seconds=5)


async def check_bot(
    bot: Bot, public_url: str | None, chats: Sequence[str], clock: Callable[[], datetime]
) -> list[Finding]:
    """Everything about one bot; `chats` are the groups that are bound to it."""
    async with open_bot_api(bot.api_base, bot.token.get_secret_value()) as api:
        try:
            return [found async for found in _check(api, bot, public_url, chats, clock)]
        except Unanswered as fault:
            words = Text("doctor.messenger.away", {"fault": str(fault)})
            advice = Text("doctor.messenger.away_do", {"address": bot.api_base})
            return [Finding("token", State.FAULT, words, advice, bot.name)]


async def _check(
    api: BotApi,
    bot: Bot,
    public_url: str | None,
    chats: Sequence[str],
    clock: Callable[[], datetime],
) -> AsyncIterator[Finding]:
    me = await api.ask("getMe")
    if not me.ok:
        words = Text("doctor.token.refused", {"code": me.code})
        advice = Text("doctor.token.refused_do")
        yield Finding("token", State.FAULT, words, advice, bot.name)
        return
    words = Text("doctor.token.works", {"username": str(me.result.get("username", "?"))})
    yield Finding("token", State.OK, words, bot=bot.name)
    if me.date is not None:
        yield check_clock(me.date, clock(), bot.name)
    yield _check_webhook(await api.ask("getWebhookInfo"), bot, public_url)
    rights = [
        _check_rights(
            await api.ask("getChatMember", chat_id=chat, user_id=me.result["id"]), bot.name
        )
        for chat in chats
    ]
    yield _check_privacy(me, rights, bot.name)
    for finding in rights:
        yield finding


def check_clock(theirs: datetime, ours: datetime, bot: str) -> Finding:
    """Times that the police rely on are ours; `theirs` is exact to a second."""
    apart = abs(theirs - ours)
    words = Text("doctor.clock.apart", {"seconds": round(apart.total_seconds())})
    if apart > CLOCK_TOLERANCE + timedelta(seconds=1):
        return Finding("clock", State.FAULT, words, Text("doctor.clock.apart_do"), bot)
    return Finding("clock", State.OK, Text("doctor.clock.right"), bot=bot)


def _check_privacy(me: Answer, rights: Sequence[Finding], bot: str) -> Finding:
    """In privacy mode a call for help in a group is heard only by an administrator of it.
    https://core.telegram.org/bots/features#privacy-mode"""
    if me.result.get("can_read_all_group_messages"):
        return Finding("privacy", State.OK, Text("doctor.privacy.off"), bot=bot)
    if any(finding.state is not State.OK for finding in rights):
        advice = Text("doctor.privacy.deaf_do")
        return Finding("privacy", State.WARN, Text("doctor.privacy.deaf"), advice, bot)
    return Finding("privacy", State.OK, Text("doctor.privacy.on"), bot=bot)


def _check_webhook(info: Answer, bot: Bot, public_url: str | None) -> Finding:
    url = str(info.result.get("url", "")) if info.ok else ""
    if bot.mode == "polling" and url:
        advice = Text("doctor.webhook.in_the_way_do")
        return Finding("webhook", State.FAULT, Text("doctor.webhook.in_the_way"), advice, bot.name)
    if bot.mode == "webhook" and not url.startswith(public_url or "?"):
        advice = Text("doctor.webhook.not_ours_do")
        return Finding("webhook", State.WARN, Text("doctor.webhook.not_ours"), advice, bot.name)
    return Finding("webhook", State.OK, Text("doctor.webhook.agrees"), bot=bot.name)


def _check_rights(answer: Answer, bot: str) -> Finding:
    status = answer.result.get("status", "") if answer.ok else ""
    if status in ("administrator", "creator"):
        return Finding("rights", State.OK, Text("doctor.rights.administrator"), bot=bot)
    if status == "member":
        advice = Text("doctor.rights.member_do")
        return Finding("rights", State.WARN, Text("doctor.rights.member"), advice, bot)
    return Finding(
        "rights", State.FAULT, Text("doctor.rights.gone"), Text("doctor.rights.gone_do"), bot
    )
