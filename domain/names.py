"""How people are called: Vietnamese names go family, middle, given; one is called by the last."""

_NAME_LIMIT = 40


def given_name(name: str) -> str:
    """The last word of a full name, cut to 40 characters; "?" for an empty one."""
    parts = name.split()
    return parts[-1][:_NAME_LIMIT] if parts else "?"
