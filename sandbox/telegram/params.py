"""Parameters of a call: from query, JSON, form and multipart, later sources overriding earlier."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.telegram.errors import bad_request


@dataclass(frozen=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime_type: str


@dataclass
class Params:
    """What the caller said: values are text, or already structured where JSON was sent."""

    values: dict[str, Any] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        """A text parameter, or None where it was not given."""
        value = self.values.get(name)
        return value if value is None or isinstance(value, str) else str(value)

    def number(self, name: str) -> int | None:
        """A whole number, or None where it was not given; raises 400 where it is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'parameter "{name}" must be a valid Integer') from None

    def real(self, name: str) -> float | None:
        """A number with a fraction, or None; raises 400 where it is none."""
        value = self.values.get(name)
        try:
            return None if value is None else float(value)
        except (TypeError, ValueError):
            raise bad_request(f'parameter "{name}" must be a valid Number') from None

    def flag(self, name: str) -> bool:
        """A truth value; what was not given is false."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in {"true", "1", "yes"}

    def tree(self, name: str, kind: str = "object") -> Any:
        """A structured parameter, or None; raises 400 ("can't parse …") for broken JSON."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise bad_request(f"can't parse {kind} JSON object") from None


async def read_params(request: web.Request) -> Params:
    """Read all parameters of a request; raises 400 for a JSON body that is no object."""
    params = Params(dict(request.query))
    if not request.body_exists:
        return params
    if request.content_type == "application/json":
        await _read_json(request, params)
    elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                content = value.file.read()
                params.uploads[name] = Upload(value.filename, content, value.content_type)
                params.values.setdefault(name, f"attach://{name}")
            else:
                params.values[name] = value if isinstance(value, str) else value.decode()
    return params


async def _read_json(request: web.Request, params: Params) -> None:
    raw = await request.read()
    if not raw.strip():
        return
    try:
        values = json.loads(raw)
    except ValueError:
        raise bad_request("can't parse request body as JSON") from None
    if not isinstance(values, dict):
        raise bad_request("can't parse request body as JSON object")
    params.values.update(values)
