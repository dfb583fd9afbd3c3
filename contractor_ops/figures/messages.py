"""Which messages left: what the ledger's states mean to whoever counts them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from contractor_ops.figures.tally import NOT_YET
from contractor_ops.figures.values import Business
from contractor_ops.tables.record import Record
from contractor_ops.views.moments import in_utc

NOT_ARRIVED = frozenset({"failed", "undelivered", "refused", "unsent"})
"""States of messages that were tried and did not reach anybody."""
NEVER_LEFT = NOT_ARRIVED | {"skipped", "released", "claimed"}
"""States of messages that nobody has, with those that were given up, or given back for a later run, before anything was tried."""
IN_DOUBT = frozenset({"trying", "in_doubt"})
"""States of messages of which nobody knows whether they left: they count neither as sent nor as lost."""
OUTBOX = "outbox"
"""The provider that makes a file of a message: nobody has it unless a person sent it on."""
NO_FILE = "What only became a file in outbox/ does not count."
"""The end of a definition that counts messages."""
Sent = Mapping[tuple[str, str], list[datetime]]
"""When messages about a record left, by its table and number, in UTC."""


def left(message: Record) -> bool:
    """Whether a message left by itself for all that is known; a file in outbox/ did not."""
    return message["status"] not in NEVER_LEFT | IN_DOUBT and message["provider"] != OUTBOX


def was_written(message: Record) -> bool:
    """Whether a message became a file in outbox/."""
    return message["status"] not in NEVER_LEFT | IN_DOUBT and message["provider"] == OUTBOX


def nothing_sent(business: Business, table: str, channels: Collection[str] = ("sms", "email")) -> str:
    """Why no message about a table can have left by itself so far, "" where one may have."""
    config = business.config
    if any(one["table"] == table and one["channel"] in channels for one in messages_that_left(business)):
        return ""
    if all(part.get("provider", OUTBOX) == OUTBOX for part in (getattr(config, channel) for channel in channels)):
        return "nothing is sent by itself yet (outbox)"
    return f"{NOT_YET}no message about {table.replace('_', ' ')} has been sent so far"


def messages_that_left(business: Business) -> list[Record]:
    """The messages of the ledger that left."""
    table = business.tables.get("messages")
    return [one for one in table.records if left(one)] if table else []


def moments_sent(business: Business) -> Sent:
    """When messages left, by what they were about."""
    found: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for one in messages_that_left(business):
        if moment := in_utc(one["sent_at"], business.now):
            found[str(one["table"]), str(one["record"])].append(moment)
    return found
