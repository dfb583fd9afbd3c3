"""What an office's folder tells of messages that have left: files of the outbox, copies of the ledger."""

from collections.abc import Sequence
from pathlib import Path

from contractor_ops.channels.outbox import is_known, messages_in
from contractor_ops.ledger.copying import messages_of


def unknown_messages(outbox: Path, ids: Sequence[str]) -> int:
    """How many messages lie in the outbox that none of these Message-IDs names."""
    return sum(not is_known(file, ids) for file in messages_in(outbox))


def messages_in_copy(file: Path) -> int:
    """How many steps of recipes a copy of the ledger knows to be done; 0 also where it cannot be read."""
    return messages_of(file)
