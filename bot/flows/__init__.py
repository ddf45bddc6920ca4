"""Every guided conversation by its name. A new one is a file with its table, a line here, and
its words in locales/."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.flows.addition import ADDITION
from bot.flows.alert import ALERT
from bot.flows.announcement import ANNOUNCEMENT
from bot.flows.contact import CONTACT
from bot.flows.correction import ALL_CLEAR, CANCELLATION, CORRECTION, EXTENSION
from bot.flows.enrolment import ENROLMENT
from bot.flows.invite import INVITE
from bot.flows.mediation import MEDIATION
from bot.flows.neighbours import NEIGHBOURS
from bot.flows.paste_group import PASTE_GROUP
from bot.flows.phone import PHONE
from bot.flows.prevention import PREVENTION
from bot.flows.recording import RECORDING
from bot.flows.report import REPORT
from bot.flows.steps import Flow
from bot.flows.untold import UNTOLD
from bot.flows.ward import WARD
from bot.flows.warning import WARNING
from bot.flows.whereabouts import WHEREABOUTS

FLOWS: Final[Mapping[str, Flow]] = MappingProxyType(
    {
        flow.name: flow
        for flow in (
            REPORT,
            MEDIATION,
            ADDITION,
            ALERT,
            WHEREABOUTS,
            PHONE,
            NEIGHBOURS,
            CONTACT,
            WARD,
            INVITE,
            ENROLMENT,
            RECORDING,
            UNTOLD,
            ANNOUNCEMENT,
            WARNING,
            PREVENTION,
            PASTE_GROUP,
            CORRECTION,
            CANCELLATION,
            ALL_CLEAR,
            EXTENSION,
        )
    }
)
