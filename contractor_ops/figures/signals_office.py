"""Signals of the office itself: notes that can be billed from, exceptions that a person looked at, questions that spared the owner."""

from collections.abc import Iterator
from datetime import date, timedelta

from contractor_ops.figures.lacking import lacking
from contractor_ops.figures.note_columns import no_note_columns
from contractor_ops.figures.tally import NOT_YET, share, unmoved
from contractor_ops.figures.values import Business, Share, Window
from contractor_ops.notes.needs import missing
from contractor_ops.tables.records import column_of
from contractor_ops.views.books.what_counts import meaning
from contractor_ops.views.moments import day_of

ASKED = "questions"
"""The name under which Business.tables holds what people asked the program."""
NOTES_NEED = ("jobs", "jobs.completed_on")
_NOTHING_YET = "nothing has run yet"


def notes_complete(business: Business, window: Window) -> Share:
    """Completed jobs whose notes lack nothing."""
    sentence = "Jobs completed in these days, billed or not, and how many have notes with everything that billing needs."
    why, none = lacking(business, *NOTES_NEED) or no_note_columns(business), "no job was completed in these days"
    return share(
        "notes-complete", "Notes complete before billing", sentence, _noted(business, window) if not why else (), window, why, none
    )


def _noted(business: Business, window: Window) -> Iterator[tuple[date, int, int]]:
    """The jobs of both windows. Whether they are billed is not asked: a job that was billed with an empty note is what is looked for."""
    jobs, both = business.tables["jobs"].records, window.with_before()
    for at, completed in enumerate(column_of(jobs, "completed_on")):
        day = day_of(completed, business.now)
        if day is not None and day in both and meaning(jobs[at]) not in {"cancelled", "no-show"}:
            yield day, int(not missing(jobs[at], business.config.notes)), 1


def exceptions_reviewed(business: Business, window: Window) -> Share:
    """What was put before a person, and how much a person has looked at."""
    sentence = (
        "Things put before a person, and how many a person has released, dismissed or done, or called about, whatever became of that. "
        "What settled itself before is left out."
    )
    why, none = "" if "reviews" in business.tables else _NOTHING_YET, "nothing was put before a person in these days"
    facts = _reviewed(business) if not why else ()
    return share("exceptions-reviewed", "Exceptions reviewed by a person", sentence, facts, window, why, none)


def _reviewed(business: Business) -> Iterator[tuple[date, int, int]]:
    for one in business.tables["reviews"].records:
        day = day_of(one["created_at"], business.now)
        looked_at = one["looked_at"] is True
        if day is not None and one["kind"] != "broken" and (looked_at or one["status"] != "gone"):
            yield day, int(looked_at), 1


def questions_replaced(business: Business, window: Window) -> Share:
    """Working days on which somebody asked the program instead of the owner."""
    sentence = "Working days, and on how many somebody looked a thing up with who, why or report instead of asking the owner."
    asked, none = business.tables.get(ASKED), "there was no working day in these days"
    days = {day_of(one["asked_at"], business.now) for one in asked.records} if asked else set()
    both = window.with_before()
    every = (both.first + timedelta(days=at) for at in range((both.last - both.first).days + 1))
    facts = ((day, int(day in days), 1) for day in every if business.is_business_day(day))
    found = share("questions-replaced", "Owner questions replaced", sentence, facts, window, "" if asked else _NOTHING_YET, none)
    return unmoved(found, "" if days else f"{NOT_YET}nobody has looked anything up so far")
