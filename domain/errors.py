"""What the rules refuse, as a code: the words are the catalogues' (locales/*/access.po)."""

from domain.notices import Param, Text


class Refused(Exception):
    """Something may not be done; nothing was changed.

    `code` is a catalogue key; one without a dot lives in the area `access`.
    """

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.text = Text(code if "." in code else f"access.{code}", params)


def wordless(fault: BaseException) -> BaseException:
    """What a log may say of an unforeseen fault (`exc_info`): where it happened and of what sort
    it is, without its message, which may quote somebody's words."""
    return RuntimeError(type(fault).__name__).with_traceback(fault.__traceback__)
