"""Choices below a message, each with a number that may be typed instead of pressed."""

from domain.notices import Button, Text


def numbered(*choices: tuple[Text, str]) -> tuple[tuple[Button], ...]:
    """Each a label with what its press sends back; one in a row."""
    return tuple(
        (Button(Text("menu.numbered", {"number": at, "label": label}), tap),)
        for at, (label, tap) in enumerate(choices, start=1)
    )
