"""The 48 kinds of report that a neighbourhood makes: how urgent, whom to call, which words
people use for them, and in which group of buttons they are offered.
"""

from domain.kinds.advice_of import advice_of
from domain.kinds.groups import GROUPS, Group, group
from domain.kinds.kind import Kind, Raise
from domain.kinds.table import KINDS, kind
from domain.kinds.urgency_of import urgency_of

__all__ = [
    "GROUPS",
    "KINDS",
    "Group",
    "Kind",
    "Raise",
    "advice_of",
    "group",
    "kind",
    "urgency_of",
]
