"""What arrives out of turn is kept where it belongs: photos sent late, a story told beside a
question. Nothing that a person took the trouble to send is thrown away unsaid.
"""

from dataclasses import replace
from typing import Final

from bot.flows.draft import Answer, Draft, Reply
from bot.flows.steps import Flow, Step
from domain.notices import Text
from domain.text import words as words_in

# In letters: longer than any report of an emergency, and what comes after can be added to it.
LONGEST_STORY: Final = 10_000


def with_remark(flow: Flow, step: Step, draft: Draft, words: str) -> tuple[Draft, Text | None]:
    """Somebody goes on telling beside the question: it belongs to the story, unless it is as
    short as "có lẽ". What to say to it: that it was added, or that it was not."""
    story = flow.home("media")
    if story is None or story is step or step.takes_words:
        return draft, None
    wordless = story.is_answered(draft) and not draft.get(story.name).words
    if not wordless and len(words_in(words)) < flow.keeps:
        return draft, None
    if not _fits(draft.get(story.name), words):
        return draft, _full(flow)
    kept = draft.put(story.name, draft.get(story.name).with_more(words))
    return kept, flow.kept(draft) or Text("flow.added.words")


def with_files(flow: Flow, draft: Draft, home: Step, reply: Reply) -> tuple[Draft, Text | None]:
    """Files with their caption, or a pin, added to the answer of `home`. What to say where the
    caption was not."""
    answer = draft.get(home.name)
    option = home.find(draft, answer.choice)
    if option and option.vague:
        answer = replace(answer, choice="")
    fits = _fits(answer, reply.text)
    answer = answer.with_more(reply.text if fits else "", reply.media)
    kept = draft.put(home.name, replace(answer, pin=reply.pin or answer.pin))
    return kept, None if fits else _full(flow)


def _fits(answer: Answer, words: str) -> bool:
    return not words or len(answer.words) + len(words) < LONGEST_STORY


def _full(flow: Flow) -> Text:
    return Text("mediation.subject.full" if flow.name == "mediation" else "flow.full")
