"""The command line, and the only place where the program is put together.

Each command imports what it needs when it is called, so that --help is instant. The clock
and the source of random codes are made here and handed on; nothing else may make them.
"""

import io
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from settings import Settings

app = typer.Typer(
    help="Tự Quản: a chatbot for neighbourhood security groups.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def clock() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


random_below: Callable[[int], int] = secrets.randbelow


@app.callback()
def main(
    context: typer.Context,
    settings: Annotated[
        Path | None,
        typer.Option(help="Settings file; else $TUQUAN_SETTINGS, else tuquan.toml here."),
    ] = None,
) -> None:
    """Tự Quản: a chatbot for neighbourhood security groups."""
    context.obj = settings


@app.command()
def run(
    context: typer.Context,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that share the work; PostgreSQL only.")
    ] = 1,
    worker: Annotated[int, typer.Option(hidden=True, help="Which of them this is.")] = 0,
) -> None:
    """Run the bots of the settings file until stopped."""
    settings = _settings(context)
    if worker:
        from cli.workers import run_worker

        _leave(run_worker(settings, clock, random_below, worker, workers))
    elif workers > 1:
        from cli.workers import run_workers

        _leave(run_workers(settings, clock, context.obj, workers))
    else:
        from cli.run import run_bots

        _leave(run_bots(settings, clock, random_below))


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the chat page; 0 picks a free one.")] = 8080,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Use a temporary folder, removed at the end.")
    ] = False,
) -> None:
    """Show everything on this machine: an invented ward, a messenger, and the bot."""
    from cli.demo import run_demo

    _leave(run_demo(port, fresh=fresh, clock=clock))


@app.command()
def sandbox(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.")] = 8080,
) -> None:
    """Serve the local messenger alone, with nobody in it."""
    from cli.sandbox import serve_sandbox

    _leave(serve_sandbox(port))


@app.command()
def init(
    context: typer.Context,
    token: Annotated[
        str | None, typer.Option(help="The bot's token; asked for when left out.")
    ] = None,
    api_base: Annotated[
        str, typer.Option(help="Address of the messenger's API.")
    ] = "https://api.telegram.org",
    data_dir: Annotated[Path | None, typer.Option(help="Folder of the database and key.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing; take the defaults.")] = False,
    language: Annotated[str, typer.Option(help="vi or en: the language to ask in.")] = "vi",
) -> None:
    """Set up a bot: asks one question at a time and writes the settings file."""
    from cli.init import Wishes, set_up

    wishes = Wishes(context.obj, token, api_base, data_dir, ask=not yes, language=language)
    _leave(set_up(wishes, clock, random_below))


@app.command()
def migrate(context: typer.Context) -> None:
    """Bring the database to the newest layout."""
    from cli.migrate import bring_up_to_date

    _leave(bring_up_to_date(_settings(context)))


@app.command()
def doctor(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="A JSON list instead of sentences.")
    ] = False,
) -> None:
    """Check everything that the bot needs; exit code 1 on a fault."""
    from cli.doctor import examine

    _leave(examine(context.obj, clock, as_json=as_json))


@app.command()
def schedule(
    context: typer.Context,
    number: Annotated[int, typer.Option(min=1, help="How many lines at most.")] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="A JSON list instead of sentences.")
    ] = False,
) -> None:
    """Show what will go out next: announcements, posts that wait, law items."""
    from cli.schedule import show_schedule

    _leave(show_schedule(_settings(context), clock, number, as_json=as_json))


@app.command()
def backup(
    context: typer.Context,
    to: Annotated[
        Path | None, typer.Argument(help="Folder of the backups; else backup_dir.")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="How many to keep; else backup_keep.")
    ] = None,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Put the data's key file inside too.")
    ] = False,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Put the newest one back for a trial; make none.")
    ] = False,
) -> None:
    """Make a sealed backup of all that is kept, while the bot runs."""
    from cli.backup import back_up

    settings = _settings(context)
    _leave(back_up(settings, to, clock, keep=keep, with_key=with_key, rehearsing=rehearse))


@app.command()
def restore(
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(metavar="FROM", help="A backup, or the folder of the newest.")
    ],
    into: Annotated[
        Path | None, typer.Option(help="Another data folder than that of the settings.")
    ] = None,
    backup_key: Annotated[
        Path | None, typer.Option(help="The backups' key file; else backup_key_file.")
    ] = None,
) -> None:
    """Put a backup back into an empty place, and check all of it."""
    from cli.restore import restore as put_back

    _leave(put_back(_settings(context), source, into, backup_key))


@app.command("copy-database")
def copy_database(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="URL of the full database.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="URL of the empty one.")],
) -> None:
    """Copy everything between SQLite and PostgreSQL, and compare it; stop the bot first."""
    from cli.copy_database import copy

    _leave(copy(_settings(context), source, target))


@app.command()
def outbox(
    context: typer.Context,
    explain: Annotated[
        int | None, typer.Option(metavar="ID", help="Say more about one message.")
    ] = None,
    resend: Annotated[
        int | None, typer.Option(metavar="ID", help="Send one again that was given up.")
    ] = None,
    resend_all: Annotated[
        bool, typer.Option("--resend-all", help="Send all again that were given up.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Also what may then appear twice, or is old.")
    ] = False,
    number: Annotated[int, typer.Option(min=1, help="How many given up at most.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="JSON instead of sentences.")] = False,
) -> None:
    """Show what waits and what was given up; send it again.

    May run beside `run`: what is sent again leaves within five seconds, as soon as its chat
    may have it, and without a running bot when it starts.
    """
    from cli.outbox import Wishes, show_outbox

    wishes = Wishes(explain, resend, resend_all, yes, number, as_json)
    _leave(show_outbox(_settings(context), clock, wishes))


@app.command("rotate-key")
def rotate_key(context: typer.Context) -> None:
    """Add a fresh key to the key file, and seal everything with it again."""
    from cli.keys import rotate

    _leave(rotate(_settings(context)))


@app.command("check-catalogues", hidden=True)
def check_catalogues() -> None:
    """List what is wrong in locales/ (a part of make check)."""
    from cli.catalogues import report_faults

    _leave(report_faults(Path(__file__).parent))


@app.command("check-content")
def check_content() -> None:
    """List what is wrong in content/, which the ward edits; exit code 1 on a fault."""
    from cli.content_check import report_content_faults

    _leave(report_content_faults())


def _settings(context: typer.Context) -> "Settings":
    """The settings; or says politely what is wrong with them and leaves with code 2."""
    from settings import SettingsFault, load_settings

    try:
        return load_settings(context.obj)
    except SettingsFault as fault:
        from cli.terminal import Terminal

        Terminal().explain(fault)
        raise typer.Exit(2) from None


def _speak_utf8() -> None:
    """A Windows console may have a code page without Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _leave(code: int) -> None:
    if code:
        raise typer.Exit(code)


if __name__ == "__main__":
    _speak_utf8()
    app()
