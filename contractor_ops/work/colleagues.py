"""Our own people: what they write is no customer's answer, but may be what a job's note lacked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from contractor_ops.errors import ContractorOpsError
from contractor_ops.notes.answers import belongs_to, says_something
from contractor_ops.notes.needs import missing
from contractor_ops.notes.points import NOTE_GAPS
from contractor_ops.office import Office
from contractor_ops.planning.contacts import CustomerList, contact_of
from contractor_ops.ports import KeptReply, Ledger, SentMessage
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tables.record import Record

_ASKED = 30
"""How many of the last messages to a technician are looked at."""
_ANSWERED_WITHIN = timedelta(days=30)
_SAME_SECOND = timedelta(seconds=1)


def colleague_at(office: Office, address: str) -> str | None:
    """The name of whoever of [people] or the technicians has this number or e-mail address, None for everybody else."""
    return next((name for name, addresses in _colleagues(office) if address in addresses), None)


def asked_about(ledger: Ledger, reply: KeptReply, named: SentMessage | None) -> tuple[tuple[str, str, str], ...]:
    """The jobs whose note a technician's words belong to (recipe, view and record); none where that cannot be told, or nothing is said.

    An e-mail that names our message answers that one. A text may answer any of the last ones to its number, those answered before too: the job's
    number in it tells which; one without a number means the only one that nobody has answered yet.
    """
    words = reply.text or reply.whole
    if not says_something(words):
        return ()
    sent = [named] if named else ledger.sent_to(reply.address, reply.at + _SAME_SECOND, limit=_ASKED)
    asked = {
        step.key.record: (step.recipe, step.table, step.key.record)
        for message in sent if reply.at - message.at <= _ANSWERED_WITHIN
        for step in message.steps if step.table == NOTE_GAPS and not step.key.record.startswith("~")
    }  # fmt: skip
    answered = {record for one in ledger.colleagues_replies(NOTE_GAPS) for _, table, record in one.records if table == NOTE_GAPS}
    unanswered = [record for record in asked if record not in answered]
    return tuple(asked[record] for record, _ in belongs_to(words, list(asked), unanswered))


def completes_notes(office: Office, reply: KeptReply) -> bool:
    """Whether a technician's answer tells all that the notes of its jobs still lacked, and asks nothing; where the jobs cannot be read, it does not."""
    numbers = [record for _, table, record in reply.records if table == NOTE_GAPS]
    words = reply.text or reply.whole
    if not numbers or "?" in words:
        return False
    try:
        jobs = office.table("jobs").records
    except ContractorOpsError:  # check and run tell about it
        return False
    told = dict(belongs_to(words, numbers))
    about = [record for record in jobs if str(record["number"]) in told]
    return {str(record["number"]) for record in about} == set(numbers) and not any(
        missing(_with(record, told[str(record["number"])]), office.config.notes) for record in about
    )


def _with(job: Record, answer: str) -> Record:
    """The job as it will stand once the answer is beside it."""
    return replace(job, values={**job.values, "answers": "\n".join(filter(None, [str(job["answers"] or ""), answer]))})


def _colleagues(office: Office) -> Iterator[tuple[str, frozenset[str]]]:
    for person in office.config.people.values():
        numbers = (clean_phone(person.phone, office.config.office.country)[0] if person.phone else None) or ""
        yield person.name, frozenset({*(number.partition(";")[0] for number in numbers.split(", ")), person.email.lower()} - {""})
    try:
        technicians = office.table("technicians").records if office.has("technicians") else ()
    except ContractorOpsError:  # a sheet that cannot be read keeps no reply from being taken; check and run tell about it
        return
    for record in technicians:
        yield str(record["name"] or "a technician"), frozenset(contact_of(record, CustomerList()).addresses)
