"""Questions that people ask this program instead of the owner: counted, so that the digest can tell."""

from datetime import datetime

from contractor_ops.errors import LedgerTrouble
from contractor_ops.office import Office


def note_question(office: Office, what: str, at: datetime) -> str:
    """Note that a person asked; why it could not be noted, "" where it was. An office without a ledger keeps none."""
    if not office.ledger_file.exists():
        return ""
    try:
        office.ledger.note_question(what, at)
    except LedgerTrouble as trouble:
        return f"That this was asked could not be noted: {' '.join(trouble.lines())}"
    return ""
