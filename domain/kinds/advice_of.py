"""Which sentences of immediate advice fit what somebody told: advice about a fallen wire beside
a broken lamp would only make people doubt the rest.
"""

from domain.kinds.kind import Kind
from domain.phrases import phrase_index, told


def advice_of(kind: Kind, words: str) -> tuple[str, ...]:
    """The catalogue keys of the advice for a report of this kind told in these words."""
    text = told(words)
    keys = []
    if kind.advice_key and (not kind.advice_if or phrase_index(kind.advice_if).found_in(text)):
        keys.append(kind.advice_key)
    if kind.more_advice_key and phrase_index(kind.more_if).found_in(text):
        keys.append(kind.more_advice_key)
    return tuple(keys)
