"""How customers rated the work since a moment: how many did, the mean, and the low ones with whose they are."""

from datetime import datetime
from decimal import Decimal

from contractor_ops.office import Office
from contractor_ops.reports.digest_parts import LowRating, Ratings
from contractor_ops.work.reply_context import LOW_RATING


def ratings_since(office: Office, since: datetime, now: datetime) -> Ratings | None:
    """The ratings that came after a moment and until now; None where none came."""
    if not office.ledger_file.exists():
        return None
    numbers = {str(one.number) for one in office.ledger.replies(since) if since < one.at <= now and one.label == "rating"}
    rows = [row for row in office.table("ratings").records if str(row["number"]) in numbers] if numbers else []
    scores = [row["score"] for row in rows if isinstance(row["score"], int | Decimal)]
    if not scores:
        return None
    low = (row for row in rows if isinstance(score := row["score"], int | Decimal) and score <= LOW_RATING)
    told = tuple(
        LowRating(int(str(row["score"])), str(row["customer"] or ""), str(row["job"] or ""), str(row["technician"] or "")) for row in low
    )
    return Ratings(len(scores), int(sum(scores)), told)
