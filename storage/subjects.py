"""What a message to a reporter is about: its subject in clear, the incident's number sealed, so
that the outbox does not tell whose report is whose.
"""

import base64
import binascii
from typing import Final

from cryptography.exceptions import InvalidTag
from sqlalchemy.engine import Connection

from storage.keys import KeyFault, keyring_of_dialect

# "There is news" about a report that must leave no word on its reporter's phone.
NEWS: Final = "news"
# A number to tap, which stands below what was said.
NUMBER: Final = "number"
# That something else is still being written, below what its writer asked to see.
ASIDE: Final = "aside"


def subject_for(db: Connection, subject: str, incident_id: int) -> str:
    """The `concerns` of a message to a reporter ("receipt", "question", "closed", NEWS)."""
    ring = keyring_of_dialect(db.dialect).apart
    return f"{subject}:{base64.urlsafe_b64encode(ring.seal(str(incident_id).encode())).decode()}"


def subject_in(db: Connection, concerns: str | None) -> tuple[str, int]:
    """The subject and the incident of what `subject_for` made; 0 for what is about no report
    of this person's own."""
    subject, _, sealed = (concerns or "").partition(":")
    try:
        opened = keyring_of_dialect(db.dialect).apart.open(base64.urlsafe_b64decode(sealed))
        return subject, int(opened)
    except (binascii.Error, IndexError, InvalidTag, KeyFault, ValueError):
        return subject, 0
