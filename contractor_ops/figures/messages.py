"""Which messages left: what the ledger's states mean to whoever counts them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from contractor_ops.figures.values import Business
from contractor_ops.tables.record import Record
from contractor_ops.views.moments import in_utc

NOT_ARRIVED = frozenset({"failed", "undelivered", "refused", "unsent"})
"""States of messages that were tried and did not reach anybody."""
NEVER_LEFT = NOT_ARRIVED | {"skipped", "released", "claimed"}
"""States of messages that nobody has, with those that were given up, or given back for a later run, before anything was tried."""
Sent = Mapping[tuple[str, str], list[datetime]]
"""When messages about a record left, by its table and number, in UTC."""


def left(message: Record) -> bool:
    """Whether a message left, as far as anybody knows."""
    return message["status"] not in NEVER_LEFT


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
