"""A recipe's words tried on the rows that are live now: which rows lack a value, how long the longest text is, what makes texts dear."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from contractor_ops.office import Office
from contractor_ops.planning.composer import AFTER_HOURS, TECHNICIANS, Composer
from contractor_ops.planning.contacts import CustomerList, contact_of, customer_list
from contractor_ops.planning.phrases import opening
from contractor_ops.planning.ready import Credits, Ready
from contractor_ops.planning.screen import LiveRow, screener_for
from contractor_ops.planning.sms_text import beyond_gsm, plain_sms, segments
from contractor_ops.planning.steps import DueStep
from contractor_ops.planning.wording import Wording
from contractor_ops.ports import StepKey
from contractor_ops.recipe import Recipe, Step
from contractor_ops.tables.columns import TableSpec
from contractor_ops.tables.complete import complete_record
from contractor_ops.tables.identity import record_id
from contractor_ops.tables.record import Record, Table
from contractor_ops.views.catalogue import READABLE
from contractor_ops.work.check_finding import Finding

MOST_ROWS = 500
"""So many live rows are tried: more tell nothing new, and `check` must stay quick."""
_LONGEST = 1600
"""Characters that Twilio takes."""
_NAMED = 3
_SHORTENERS = ("bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly", "tiny.cc", "shorturl.at")
_TECHNICIANS = {"technician", "former-technician"}
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;/&+\n]|\band\b)\s*", re.IGNORECASE)
_TWO_NAMED = "two technicians are named"
_REMEDIES = {_TWO_NAMED: "Write one into the cell, or tell the second by hand."}
_LINK = re.compile(r"\b(?:(https?)://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(/\S*)?", re.IGNORECASE)


@dataclass(slots=True)
class Tried:
    """What came of it: `rows` were live, `missing` and `unreachable` name rows by what they lack, `dear` by the characters that cost."""

    rows: int = 0
    missing: dict[str, dict[str, None]] = field(default_factory=dict)
    unreachable: dict[str, dict[str, None]] = field(default_factory=dict)
    dear: dict[str, dict[str, None]] = field(default_factory=dict)
    longest: int = 0
    characters: int = 0


def try_words(office: Office, recipe: Recipe, now: datetime) -> Tried:
    """Put together every message of a recipe for every row that is live now; nothing is kept and nothing leaves.

    Where no row is live, a few others tell at least which columns the sheet lacks.
    """
    spec, table = READABLE[recipe.reads], office.table(recipe.reads, now=now)
    composers = [(step, _composer(office, recipe, spec, now, step, text)) for step, text in _texts(recipe)]
    if not composers:
        return Tried()
    looked = screener_for(recipe, spec, table, office.facts, now).look_at_all(table.records)
    rows = [one for one in looked.near.values() if isinstance(one, LiveRow)][:MOST_ROWS]
    live = [one.record for one in rows]
    not_for = {
        (id(one.record), due.step.key)
        for one in rows
        for due in one.steps
        if due.outside or due.over or _needs_nobody(due.step, one.record)
    }
    customers = customer_list(office.table("customers") if office.has("customers") else None)
    tried = Tried(len(live))
    for record in live or table.records[:_NAMED]:
        whole = complete_record(record, spec, office.config.office.country, table.columns)
        for step, composer in (one for one in composers if (id(record), one[0].key) not in not_for):
            _try(whole, step, composer, customers, tried)
    return tried if live else Tried(missing={name: rows for name, rows in tried.missing.items() if _lacks(table, name)})


def _needs_nobody(step: Step, record: Record) -> bool:
    """Whether nobody goes, or went before, who could be told."""
    return step.to in TECHNICIANS and record["technician"] is None


def _lacks(table: Table, name: str) -> bool:
    return name in table.columns and not table.has(name)


def _texts(recipe: Recipe) -> Iterator[tuple[Step, str]]:
    for step in recipe.steps:
        if step.do == "message":
            yield step, step.words
            if step.text_after_hours:
                yield step, step.text_after_hours


def _composer(office: Office, recipe: Recipe, spec: TableSpec, now: datetime, step: Step, text: str) -> Composer:
    """One that writes this text at every hour."""
    facts, people = office.facts, office.config.people
    words = Wording(text, f"{recipe.name}, step {step.name}", facts.currency)
    subjects = {step.key: Wording(step.subject, f"{recipe.name}, step {step.name}, subject", facts.currency)} if step.subject else {}
    technicians = customer_list(office.table("technicians") if step.to in _TECHNICIANS and office.has("technicians") else None)
    return Composer(recipe, spec, facts, people, {step.key: words, f"{step.key}{AFTER_HOURS}": words}, subjects, Credits({}, {}), now,
                    technicians, frozenset(), _opens(office, now), frozenset())  # fmt: skip


def _opens(office: Office, now: datetime) -> str:
    try:
        return opening(office.facts.calendar.next_opening(now), now)
    except ValueError:
        return ""


def _try(record: Record, step: Step, composer: Composer, customers: CustomerList, tried: Tried) -> None:
    contact, identity = contact_of(record, customers), record_id(record, composer.spec) or ""
    row = LiveRow(0, record, identity, ())
    ready = Ready(row, DueStep(step, composer.now, before=record.values), contact, "", StepKey(identity, step.key), None)
    words = composer.words([ready], step, contact)
    for name in words.missing:
        tried.missing.setdefault(name, {})[_called(record)] = None
    if words.to is None and words.trouble and not words.missing:
        tried.unreachable.setdefault(_whom_not(words.trouble, step, record, composer), {})[_called(record)] = None
    if words.channel == "sms" and words.body:
        tried.longest = max(tried.longest, segments(words.body))
        tried.characters = max(tried.characters, len(words.body))
        for character in beyond_gsm(words.body):
            tried.dear.setdefault(character, {})[_called(record)] = None


def _whom_not(trouble: str, step: Step, record: Record, composer: Composer) -> str:
    """Why nobody can be reached. Here the former technician is the row's own too, and is not told twice."""
    if step.to not in _TECHNICIANS:
        return trouble
    parts = [part for part in _BETWEEN_NAMES.split(str(record["technician"] or "")) if part]
    known = {id(found) for part in parts if (found := composer.technicians.named(part)) is not None}
    return _TWO_NAMED if len(known) > 1 else trouble.replace("the former technician", "the technician")


def _called(record: Record) -> str:
    return str(record["number"] or record["customer"] or record.place)


def words_findings(recipe: Recipe, tried: Tried, table: Table) -> Iterator[Finding]:
    """What a person should hear about it."""
    about = f"recipe {recipe.name}"
    for name, rows in tried.missing.items():
        yield _missing(about, name, list(rows), tried.rows, table)
    for trouble, rows in tried.unreachable.items():
        yield Finding("warning", about, f"{_of(list(rows), tried.rows)}: {trouble}. They would go to a person", _REMEDIES.get(trouble, ""))
    if tried.characters > _LONGEST:
        yield Finding("error", about, f"the longest text has {tried.characters:,} characters, and texts end at {_LONGEST:,}", "Shorten it.")
    yield from _dear(about, recipe, tried)
    yield from _links(about, recipe)


def _missing(about: str, name: str, rows: Sequence[str], of: int, table: Table) -> Finding:
    if name.startswith("office."):
        return Finding("warning", about, f"its words need {name}, and config.toml does not say it: every message would go to a person",
                       f'Write {name.partition(".")[2]} = "…" under [office] of config.toml.')  # fmt: skip
    if _lacks(table, name):
        return Finding("warning", about, f"its words need {name}, and {', '.join(table.files)} has no column for it: every message would go to a person",
                       f'Name its heading: columns = {{ {name} = "…" }} under [tables.{table.name}], or take it out of the words.')  # fmt: skip
    return Finding("warning", about, f"{_of(rows, of)} {'has' if len(rows) == 1 else 'have'} no {name}: they would go to a person",
                   f'Fill it in, or write in the text what stands in for it: {{{{ {name} or "…" }}}}.')  # fmt: skip


def _of(rows: Sequence[str], of: int) -> str:
    """ "3 of 41 rows (E-1, E-2, E-3)"."""
    more = ", …" if len(rows) > _NAMED else ""
    return f"{len(rows)} of {of} row{'' if of == 1 else 's'} ({', '.join(rows[:_NAMED])}{more})"


def _dear(about: str, recipe: Recipe, tried: Tried) -> Iterator[Finding]:
    """Characters that make each text of theirs cost double: those of the wording first, then those of the rows."""
    texts = {step.name: plain_sms(text) for step, text in _texts(recipe) if "sms" in step.by}
    of_wording = {step: found for step, text in texts.items() if (found := beyond_gsm(text))}
    for step, found in of_wording.items():
        yield Finding("warning", about, f"step {step}: {_signs(found)} leaves 70 characters to a segment instead of 160: texts cost double",
                      "Write it with plain letters and signs.")  # fmt: skip
    others = {sign: rows for sign, rows in tried.dear.items() if not any(sign in found for found in of_wording.values())}
    if others:
        rows = list(dict.fromkeys(row for found in others.values() for row in found))
        yield Finding("warning", about, f"{_signs(list(others))} in {_of(rows, tried.rows)} makes their texts cost double",
                      "Write it plainly in the sheet, or let it stand.", "cosmetic")  # fmt: skip


def _signs(found: Sequence[str]) -> str:
    return ", ".join(f'"{sign}"' for sign in found)


def _links(about: str, recipe: Recipe) -> Iterator[Finding]:
    for step in recipe.steps:
        for scheme, host, path in dict.fromkeys(_LINK.findall(f"{step.text}\n{step.text_after_hours}") if step.do == "message" else ()):
            if host.lower().removeprefix("www.") in _SHORTENERS:
                yield Finding("warning", about, f"step {step.name}: carriers stop texts with links of {host.lower()}",
                              "Write the whole address of your own site.")  # fmt: skip
            elif scheme.lower() == "http" and path is not None:
                yield Finding("warning", about, f"step {step.name}: the link to {host} is not safe (http)", "Begin it with https://.")
