"""What arrives out of turn is kept where it belongs: photos sent late, a story told beside a
question. Nothing that a person took the trouble to send is thrown away.
"""

from dataclasses import replace
from typing import Final

from bot.flows.draft import Draft, Reply
from bot.flows.steps import Flow, Step
from domain.text import words as words_in

# Shorter remarks ("có lẽ") beside a question are not part of the story.
_WORTH_KEEPING: Final = 3


def with_remark(flow: Flow, step: Step, draft: Draft, words: str) -> Draft:
    """Somebody goes on telling beside the question: it belongs to the story."""
    story = flow.home("media")
    if story is None or story is step or step.takes_words:
        return draft
    wordless = story.is_answered(draft) and not draft.get(story.name).words
    if not wordless and len(words_in(words)) < _WORTH_KEEPING:
        return draft
    return draft.put(story.name, draft.get(story.name).with_more(words))


def with_files(draft: Draft, home: Step, reply: Reply) -> Draft:
    """Files with their caption, or a pin, added to the answer of `home`."""
    answer = draft.get(home.name)
    option = home.find(draft, answer.choice)
    if option and option.vague:
        answer = replace(answer, choice="")
    answer = answer.with_more(reply.text, reply.media)
    return draft.put(home.name, replace(answer, pin=reply.pin or answer.pin))
