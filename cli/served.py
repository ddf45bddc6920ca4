"""Which wards a bot serves: the names or codes of its settings, as codes."""

from domain.wards import WARDS, find_wards
from settings import Bot, Fault, SettingsFault


def served_wards(bot: Bot) -> tuple[str, ...]:
    """Empty means every ward. Raises SettingsFault for a name that is not exactly one ward."""
    return tuple(_code_of(bot, name) for name in bot.neighbourhoods)


def _code_of(bot: Bot, name: str) -> str:
    if name in WARDS:
        return name
    found = find_wards(name)
    if len(found) != 1:
        field = f"bots.{bot.name}.neighbourhoods"
        raise SettingsFault(Fault(field, "settings.unknown_ward", name))
    return found[0].code
