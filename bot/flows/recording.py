"""An officer writes down what came by another way: a call, another group, a person at the
desk. The same facts as a report's, and how it came; nobody is asked whether to give a name.
"""

from dataclasses import replace
from typing import Final

from bot.flows.draft import Answer, Draft
from bot.flows.kind_step import KIND_STEP
from bot.flows.legible import reads
from bot.flows.neighbourhoods import NEIGHBOURHOOD_STEP
from bot.flows.place_step import PLACE_STEP, without_landmark
from bot.flows.review import review
from bot.flows.steps import Departure, Flow, Line, Option, Step, among, asks
from domain.incidents import Source
from domain.notices import Text

# The mark, in a draft's context, of what an officer forwarded.
FORWARDED: Final = "forwarded"


def _known_source(draft: Draft) -> Answer | None:
    forwarded = draft.context.get(FORWARDED)
    return Answer(choice=Source.FORWARDED.value) if forwarded else None


def _no_advice(draft: Draft) -> Text | None:
    """What a resident should do until somebody comes is not for officers."""
    return None


def _stays(draft: Draft) -> Departure | None:
    return None


RECORDING: Final = Flow(
    "recording",
    (
        Step("what", "media", asks("recording.what.ask"), read=reads("recording.what.unclear")),
        replace(KIND_STEP, remark=_no_advice, leads=_stays),
        Step(
            "source", "choice", asks("recording.source.ask"),
            among(
                Option(Source.CALL.value, Text("recording.source.call"),
                       ("goi dien", "dien thoai", "goi", "by phone", "phone", "call")),
                Option(Source.FORWARDED.value, Text("recording.source.forwarded"),
                       ("nhom khac", "nhom", "tin nhan", "another group", "group")),
                Option(Source.VISIT.value, Text("recording.source.visit"),
                       ("den truc tiep", "truc tiep", "in person")),
                Option(Source.OTHER.value, Text("recording.source.other"),
                       ("cach khac", "khac", "another way", "other")),
            ),
            default=_known_source,
        ),
        replace(NEIGHBOURHOOD_STEP, settle=without_landmark),
        replace(PLACE_STEP, ask=asks("recording.place.ask")),
        review(
            "recording.review.ask", Text("recording.review.send"),
            ("ghi tin", "ghi", "ghi lai", "record it", "record"),
            (
                Line(Text("report.line.what"), ("what",), ("su viec", "what", "what happened")),
                Line(Text("report.line.kind"), ("kind",), ("loai viec", "loai", "kind", "type")),
                Line(Text("recording.line.source"), ("source",), ("nguon", "source")),
                Line(Text("report.line.place"), ("neighbourhood", "place"),
                     ("noi", "cho", "dia diem", "dia chi", "place", "where", "address")),
            ),
        ),
    ),
)  # fmt: skip
