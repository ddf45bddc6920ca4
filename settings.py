"""Every setting, where it comes from, and what a wrong one is told.

Settings are read once, by main.py, from a TOML file and from the environment (which wins),
and handed on as values. docs/settings.md has a line for each; a test compares the two.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

FILE_NAME = "tuquan.toml"
PREFIX = "TUQUAN_"
FILE_VARIABLE = "TUQUAN_SETTINGS"
# These start with our prefix and are no settings: where the file lies, and the tests' two.
OTHER_VARIABLES = frozenset({FILE_VARIABLE, "TUQUAN_NO_SKIP", "TUQUAN_EXPLORE"})
# Who answers for the bot: all of them, or none, which makes it a trial.
HOUSE = ("controller_name", "controller_address", "controller_phone", "authorised_by")

_TOKEN = re.compile(r"[0-9]{5,16}:[A-Za-z0-9_-]{20,100}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class Fault(NamedTuple):
    """One setting that cannot be used: its name, a catalogue key, and a detail for it.

    The value is never part of it, since it may be a token.
    """

    field: str
    key: str
    detail: str = ""


class SettingsFault(Exception):
    """Settings that cannot be used, with every fault found."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.key}" for fault in faults))
        self.faults = faults


def _matching(pattern: re.Pattern[str], wanted: str) -> Callable[[SecretStr], SecretStr]:
    def check(secret: SecretStr) -> SecretStr:
        if not pattern.fullmatch(secret.get_secret_value()):
            raise ValueError(wanted)
        return secret

    return check


def _base_url(url: str) -> str:
    HttpUrl(url)
    return url.rstrip("/")


Url = Annotated[str, AfterValidator(_base_url)]
# Shown to residents inside a sentence.
OneLine = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^.{0,200}$")]
Token = Annotated[SecretStr, AfterValidator(_matching(_TOKEN, "settings.token"))]
WebhookSecret = Annotated[
    SecretStr, AfterValidator(_matching(_WEBHOOK_SECRET, "settings.webhook_secret"))
]


class Bot(BaseModel):
    """One bot on one messenger; several may run in one process."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$",
        description="Short name of this bot, kept with every row: never change it later.",
    )
    messenger: Literal["telegram"] = Field(
        default="telegram", description="Which messenger the bot speaks."
    )
    token: Token = Field(description="The secret that the messenger gave for this bot.")
    api_base: Url = Field(
        default="https://api.telegram.org",
        description="Address of the messenger's API; a local Bot API server or the sandbox.",
    )
    rate: float = Field(default=29.0, gt=0, description="Messages a second over all chats.")
    private_rate: float = Field(default=1.0, gt=0, description="Messages a second to one person.")
    private_burst: int = Field(default=3, ge=1, description="Messages to one person at once.")
    group_rate: float = Field(default=20.0, gt=0, description="Messages a minute to one group.")
    mode: Literal["polling", "webhook"] = Field(
        default="polling", description="Whether we ask for updates or the messenger calls us."
    )
    webhook_secret: WebhookSecret | None = Field(
        default=None, description="What the messenger must show with each webhook call."
    )
    neighbourhoods: tuple[str, ...] = Field(
        default=(),
        description="Wards whose neighbourhoods this bot serves, by name or code; empty is all.",
    )

    @model_validator(mode="after")
    def _webhook_needs_secret(self) -> Self:
        if self.mode == "webhook" and self.webhook_secret is None:
            raise ValueError("settings.needs_secret")
        return self


def _beside_the_data(found: Mapping[str, Any]) -> str:
    return f"sqlite:///{(found['data_dir'] / 'tuquan.sqlite3').as_posix()}"


class Settings(BaseSettings):
    """All that can be set. Paths are relative to the working directory."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    language: Literal["vi", "en"] = Field(
        default="vi", description="Language of what init, doctor and demo say on the terminal."
    )
    log: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least severe log line that is written."
    )
    data_dir: Path = Field(
        default=Path("data"), description="Folder of the database, the key and kept media."
    )
    database_url: str = Field(
        default_factory=_beside_the_data,
        pattern=r"^(sqlite|postgresql)(\+\w+)?://",
        repr=False,
        description="SQLAlchemy URL; by default a SQLite file tuquan.sqlite3 in data_dir.",
    )
    key_file: Path = Field(
        default_factory=lambda found: found["data_dir"] / "tuquan.key",
        description="File of the keys that seal people's words; by default in data_dir.",
    )
    backup_dir: Path | None = Field(
        default=None, description="Folder of the nightly backups; without it none are made."
    )
    backup_hour: int = Field(
        default=2, ge=0, le=23, description="Hour of the nightly backup, local time."
    )
    backup_keep: int = Field(default=14, ge=1, description="How many nightly backups are kept.")
    backup_key_file: Path = Field(
        default_factory=lambda found: found["data_dir"] / "tuquan-backup.key",
        description="File of the keys that seal backups; by default in data_dir.",
    )
    metrics_host: str = Field(
        default="127.0.0.1", description="Where /metrics and /healthz are listened for."
    )
    metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port for /metrics and /healthz; without it neither is served.",
    )
    public_url: Url | None = Field(
        default=None, description="Address under which messengers reach our webhooks (https)."
    )
    listen_host: str = Field(
        default="127.0.0.1", description="Where webhooks are listened for (behind a proxy)."
    )
    listen_port: int = Field(
        default=8081, ge=0, le=65535, description="Port for webhooks; 0 picks a free one."
    )
    controller_name: OneLine = Field(default="", description="Who answers for the data by law.")
    controller_address: OneLine = Field(default="", description="The controller's address.")
    controller_phone: OneLine = Field(default="", description="The controller's telephone.")
    authorised_by: OneLine = Field(default="", description="The document that allows the bot.")
    bots: tuple[Bot, ...] = Field(default=(), description="The bots of this process.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file, whose values come as arguments."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if len({bot.name for bot in self.bots}) < len(self.bots):
            raise ValueError("settings.two_bots")
        if self.public_url is None and any(bot.mode == "webhook" for bot in self.bots):
            raise ValueError("settings.needs_public_url")
        missing = [name for name in HOUSE if not getattr(self, name)]
        if 0 < len(missing) < len(HOUSE):
            raise ValueError(f"settings.house_incomplete {', '.join(missing)}")
        return self

    def secrets(self) -> tuple[str, ...]:
        """Every value that no log line may show."""
        hidden = [bot.token.get_secret_value() for bot in self.bots]
        hidden += [b.webhook_secret.get_secret_value() for b in self.bots if b.webhook_secret]
        password = re.match(r"[^/]+://[^/@]*:([^/@]+)@", self.database_url)
        return (*hidden, *password.groups()) if password else tuple(hidden)


def settings_file(named: Path | None = None) -> Path:
    """The file that is read: the one named, else TUQUAN_SETTINGS, else tuquan.toml here."""
    return named or Path(os.environ.get(FILE_VARIABLE) or FILE_NAME)


def load_settings(named: Path | None = None) -> Settings:
    """File and environment together. A file that was named must exist. Raises SettingsFault."""
    file = settings_file(named)
    must_exist = named is not None or bool(os.environ.get(FILE_VARIABLE))
    _refuse_unknown_variables()
    try:
        return Settings(**_read_file(file, must_exist=must_exist))
    except ValidationError as fault:
        raise SettingsFault(*(_readable(error) for error in fault.errors())) from None
    except SettingsError as fault:
        raise SettingsFault(Fault(_variable_in(str(fault)), "settings.not_json")) from None


def inherited_environment() -> dict[str, str]:
    """The environment for a child that must not inherit any of our settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}


def _read_file(file: Path, *, must_exist: bool) -> dict[str, Any]:
    if not file.exists() and not must_exist:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        detail = fault.strerror or type(fault).__name__
        raise SettingsFault(Fault(str(file), "settings.unreadable", detail)) from None
    except ValueError as fault:
        raise SettingsFault(Fault(str(file), "settings.not_toml", str(fault))) from None


def _refuse_unknown_variables() -> None:
    known = OTHER_VARIABLES | {PREFIX + name.upper() for name in Settings.model_fields}
    # Windows upper-cases names; pydantic-settings reads them in any case.
    unknown = [n for n in os.environ if n.upper().startswith(PREFIX) and n.upper() not in known]
    if unknown:
        raise SettingsFault(*(Fault(name, "settings.unknown") for name in sorted(unknown)))


def _readable(error: Mapping[str, Any]) -> Fault:
    place = ""
    for part in error["loc"]:
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
    ours = {"missing": "settings.missing", "extra_forbidden": "settings.unknown"}
    message = str(error["msg"]).removeprefix("Value error, ")
    said, _, detail = message.partition(" ") if message.startswith("settings.") else ("",) * 3
    key = ours.get(error["type"], said)
    field = place.lstrip(".") or "settings"
    return Fault(field, key, detail) if key else Fault(field, "settings.invalid", message)


def _variable_in(message: str) -> str:
    field = re.search(r'field "(\w+)"', message)
    return PREFIX + field.group(1).upper() if field else "environment"
