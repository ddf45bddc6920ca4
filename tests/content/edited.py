"""A copy of the law items in which one thing is changed, as somebody in the ward might."""

import shutil
from pathlib import Path

from content.law import FOLDER


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    """The copy, in `folder`, with `old` replaced once in `file`, such as "vi/fire.toml"."""
    copy = folder / "law"
    shutil.copytree(FOLDER, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy
