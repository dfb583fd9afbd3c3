"""The digest by e-mail: to each person in [digest], once a day each, however often cron asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from contractor_ops.config import Person
from contractor_ops.errors import ContractorOpsError, Exit, FilesNeedMending
from contractor_ops.office import Office
from contractor_ops.planning.planner import day_start
from contractor_ops.ports import Picture, RunEnd, State
from contractor_ops.reports.digest import Digest
from contractor_ops.reports.digest_page import mail_of
from contractor_ops.reports.digest_words import digest_lines
from contractor_ops.reports.format import day
from contractor_ops.work.digest import digest_of
from contractor_ops.work.digest_since import LEFT, record_of, since_of
from contractor_ops.work.own_messages import DIGEST, own_message, send_now
from contractor_ops.work.safeguards import refuse_pretended_time

_STEP = "(digest)"
_EXPIRES = timedelta(hours=4)
"""A summary of the morning is of no use in the evening."""
_OPEN: frozenset[State] = frozenset({"claimed", "trying", "in_doubt"})


@dataclass(slots=True)
class Sent:
    """What became of a digest: a sentence for each person, and the exit code."""

    lines: list[str] = field(default_factory=list)
    exit_code: Exit = Exit.DONE


def send_digest(office: Office, digest: Digest, clock: Callable[[], datetime], *, pretended: bool) -> Sent:
    """E-mail the digest to everybody in [digest] who has not had it today. Raises FilesNeedMending where [digest] names nobody with an address."""
    sent = Sent()
    people = _readers(office, sent)
    if pretended:
        refuse_pretended_time(office, digest.now)
    with office.lock(DIGEST):
        run = office.ledger.open_run(DIGEST, digest.now, True, "auto", office.machine)
        try:
            for key, person in people:
                _send(office, digest, key, person, run, clock, sent)
        except BaseException as error:
            code = error.exit_code if isinstance(error, ContractorOpsError) else Exit.BUG
            office.ledger.close_run(run, clock(), RunEnd(int(code), {}, error=str(error) or type(error).__name__))
            raise
        trouble = "; ".join(sent.lines) if sent.exit_code else ""
        office.ledger.close_run(run, clock(), RunEnd(int(sent.exit_code), {}, error=trouble))
    return sent


def _readers(office: Office, sent: Sent) -> list[tuple[str, Person]]:
    """Who gets it: once for each address; whoever has none is told, and keeps it from nobody else."""
    people = office.config.people
    named = [(key, people[key]) for key in office.config.digest.to if key in people]
    if not any(person.email for _, person in named):
        raise FilesNeedMending(
            ["config.toml: nobody in [digest] to has an e-mail address."], 'Write email = "…" beside the name in [people].'
        )
    for key, person in named:
        if not person.email:
            sent.lines.append(f"{person.name} ({key}) has no e-mail address in [people], and gets no digest.")
            sent.exit_code = Exit.SOME_FAILED
    return list({person.email.lower(): (key, person) for key, person in reversed(named) if person.email}.values())[::-1]


def _send(office: Office, digest: Digest, key: str, person: Person, run: int, clock: Callable[[], datetime], sent: Sent) -> None:
    record = record_of(digest.kind, digest.now, key)
    before = _states(office, record, clock)
    if before & LEFT:
        sent.lines.append(f"{person.name}: the {digest.kind} digest has left today already; it is not sent again.")
        return
    if before & _OPEN:
        sent.lines.append(f"{person.name}: nobody knows whether the {digest.kind} digest has left today; it is not sent again.")
        sent.exit_code = Exit.SOME_FAILED
        return
    since = since_of(office, digest.kind, digest.now, key)
    if since != digest.since:  # who missed the last one is told what it said
        digest = digest_of(office, digest.kind, digest.now, since)
    page = mail_of(digest)
    one = own_message(
        record, _STEP, "email", person.email.lower(), person.name, "\n".join(digest_lines(digest)), f"The digest to {person.name}"
    )
    one.subject, one.html, one.pictures = digest.subject, page.html, tuple(Picture(chart.id, chart.content) for chart in page.charts)
    trouble = send_now(office, DIGEST, run, one, clock() + _EXPIRES, clock)
    if one.outcome in LEFT:
        where = "written to outbox/" if "email" in office.outbox_channels else "sent"
        sent.lines.append(f"{person.name}: {where}, to {person.email}: {digest.subject}")
    else:
        why = " ".join(trouble) or _why_not(office, person, one.reason)
        sent.lines.append(f"{person.name}: the digest of {day(digest.now, digest.now)} did not leave. {why}".rstrip())
        sent.exit_code = Exit.SOME_FAILED


def _why_not(office: Office, person: Person, reason: str) -> str:
    if any(address == person.email.lower() for address, _, _ in office.ledger.opt_outs()):
        return f"{person.email} has opted out of all messages: contractor-ops optout {person.email} --remove"
    return reason


def _states(office: Office, record: str, clock: Callable[[], datetime]) -> set[State]:
    steps = office.ledger.history(DIGEST, "replies", [record], (), day_start(clock())).steps
    return {memory.state for memory in steps.values()}
