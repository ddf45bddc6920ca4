"""`python -m cli.nightly_apart`: makes or rehearses one backup for cli/nightly.py, in a process of
its own, so that the bot answers meanwhile as if nothing happened, and ends.

Reads a line of JSON on standard input (so that no password is in the list of processes), and
answers one on standard output.
"""

import json
import os
import sys
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from cli.backup import key_of
from cli.backup_places import Places, make_backup, rehearse
from storage.keys import KeyFault
from storage.restoring import NewerLayout, NotEmpty, Unsound
from storage.sealed_stream import Damaged


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """`fault` is "" or the end of a catalogue key backup.fault.*; never a value."""
    places = Places.loaded(asked["places"])
    try:
        if asked["deed"] == "backup":
            made = make_backup(places, datetime.fromisoformat(asked["now"]))
            return {"fault": "", "rows": made.manifest.rows, "new_key": made.new_key}
        restored = rehearse(places)
    except (
        Damaged,
        KeyFault,
        LookupError,
        NewerLayout,
        NotEmpty,
        OSError,
        SQLAlchemyError,
        Unsound,
    ) as fault:
        return {"fault": key_of(fault)}
    return {"fault": "", "rows": restored.manifest.rows, "made_at": restored.made_at}


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(10)
    sys.stdout.write(json.dumps(answer(json.loads(sys.stdin.readline()))))
