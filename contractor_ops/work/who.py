"""Who is on the line: the customer behind a name, a number or an address, and what the office would want to say at once."""

import re
from collections.abc import Collection, Iterable
from datetime import datetime

from contractor_ops.errors import TypedWrong, UnknownName
from contractor_ops.office import Office
from contractor_ops.planning.marks import FEWEST, figures
from contractor_ops.planning.papers import LOOKED_IN, Papers, Row
from contractor_ops.planning.people import People, Person, people_of
from contractor_ops.reports.format import count, listed, phone, thing, things
from contractor_ops.reports.who import Answer, Caller, Choice, OwnPerson
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.work.who_customer import addresses_of, caller_of, names_of, papers_in, places_in, reached_at
from contractor_ops.work.who_ledger import Remembered, remembered
from contractor_ops.work.who_own import own_called
from contractor_ops.work.who_shelf import Shelf, shelf_of

_NEAREST = 5
_MOST = 50
_ALIKE = 70
_NUMBER = re.compile(r"[+(\d][\d\s().\-–/]*(?:(?:;ext=|ext(?:ension)?\b\.?|x|#)\s*\d{1,6}\s*)?", re.IGNORECASE)


def who(office: Office, wanted: str, now: datetime, pick: int | None = None) -> Answer:
    """The answer about whoever goes by a name, telephone number, e-mail address or the number of a paper.

    Of several who fit, `pick` chooses one by its place in the list. Raises UnknownName with the nearest names, and TypedWrong
    where `pick` chooses nobody.
    """
    shelf = shelf_of(office, now)
    own = (*office.own_numbers, *(person.phone for person in office.config.people.values()))
    papers = Papers(shelf.tables, office.config.office.country, filter(None, own))
    memory = remembered(office, now)
    seeds, by_number = _asked_for(papers, wanted)
    people = people_of(papers, seeds) if seeds else None
    own_people = own_called(office, shelf, wanted)
    if people is None and own_people:
        return _answer(shelf, memory, wanted, None, (), own_people)
    if people is None:
        caller = _stranger(office, shelf, memory, wanted)
        if caller is None:
            raise _nobody(papers, wanted, shelf)
        return _answer(shelf, memory, wanted, caller)
    found = _picked(people, wanted, pick)
    if len(found) > 1:
        choices = [_choice(papers, person, by_number) for person in found]
        return _answer(shelf, memory, wanted, None, choices, own_people)
    caller = caller_of(office, shelf, memory, found[0], _papers_asked_for(papers, found[0], by_number), _namesakes(people))
    return _answer(shelf, memory, wanted, caller, (), own_people)


def _answer(
    shelf: Shelf, memory: Remembered, wanted: str, caller: Caller | None, choices: Iterable[Choice] = (), own: tuple[OwnPerson, ...] = ()
) -> Answer:
    troubles = (*shelf.unread.values(), *memory.troubles)
    return Answer(wanted, shelf.now, caller, tuple(choices), shelf.ages, shelf.not_kept, frozenset(shelf.unread), troubles, own)


def _picked(people: People, wanted: str, pick: int | None) -> tuple[Person, ...]:
    if pick is None:
        return people.asked
    if not 1 <= pick <= len(people.asked):
        raise TypedWrong(f'--pick {pick}: {count(len(people.asked), "customer")} fit "{wanted}".')
    return (people.asked[pick - 1],)


# ── finding ──


def _asked_for(papers: Papers, wanted: str) -> tuple[set[Row], set[Row]]:
    """The rows that go by what was typed, and those of them that were found by the number of a paper."""
    text = wanted.strip()
    if "@" in text:
        return papers.with_email(text), set()
    numbered = papers.numbered(text) | papers.of_customer(text) if any(map(str.isdigit, text)) else set()
    called = papers.with_phone(text) if _is_telephone(text) else set()
    found = numbered | called
    return (found, numbered) if found or _is_telephone(text) else (papers.named(_names_like(papers, text)), set())


def _is_telephone(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None and len(figures(text)) >= FEWEST


def _names_like(papers: Papers, text: str) -> Collection[str]:
    """The names that have every word that was typed, else those with words that begin so; two words that are a whole name mean that name.

    Raises TypedWrong where so many fit that nobody reads them.
    """
    asked = normal_name(text)
    words = asked.split()
    names = {papers.marks(row).name for row in papers.named_like(words)} if words else set()
    if len(words) > 1 and asked in names:
        return (asked,)
    found = {name for name in names if set(words) <= set(name.split())} or {name for name in names if _begin(name.split(), words)}
    if len(found) > _MOST:
        raise TypedWrong(f'"{text}" fits {count(len(found), "name")}.', "Type more of it, or the telephone number.")
    return found


def _begin(name: Collection[str], words: Iterable[str]) -> bool:
    return all(any(part.startswith(word) for part in name) for word in words)


def _nobody(papers: Papers, wanted: str, shelf: Shelf) -> UnknownName:
    message = f'Nobody in your sheets goes by "{wanted}".'
    unread = f" {' '.join(shelf.unread.values())}" if shelf.unread else ""
    near = [] if _is_telephone(wanted) or "@" in wanted else _nearest(papers, wanted)
    if not near:
        return UnknownName(message + unread, "Try the last name alone, the telephone number, or the number of a job, estimate or invoice.")
    lines = [message + unread, "The nearest names:", *(f"  {name}" for name in near)]
    return UnknownName("\n".join(lines), f'If one of them is meant: contractor-ops who "{near[0].partition("  ")[0]}"')


def _nearest(papers: Papers, wanted: str) -> list[str]:
    from rapidfuzz import fuzz, process

    alike = process.extract(normal_name(wanted), sorted(papers.names()), scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_ALIKE)
    shown = []
    for name, _, _ in alike:
        rows = papers.named([name])
        people = people_of(papers, rows).asked
        shown += [f"{_listed(names_of(person))}  {_told_apart(person)}".rstrip() for person in people]
    return shown[:_NEAREST]


def _told_apart(person: Person) -> str:
    """By what a person knows this one from others of the name: phone and e-mail, else the addresses."""
    phones, emails = reached_at(person)
    return ", ".join([*map(phone, phones), *emails][:2]) or " / ".join(places_in(person)[:2])


def _listed(names: Iterable[str]) -> str:
    return next(iter(names), "")


# ── telling ──


def _choice(papers: Papers, person: Person, by_number: Collection[Row]) -> Choice:
    phones, emails = reached_at(person)
    return Choice(names_of(person), phones, emails, places_in(person), papers_in(person), _papers_asked_for(papers, person, by_number))


def _papers_asked_for(papers: Papers, person: Person, by_number: Collection[Row]) -> tuple[str, ...]:
    """ "invoice 2041", "job 2041": what a number turned out to be."""
    rows = sorted(person.rows & set(by_number), key=lambda row: LOOKED_IN.index(row.table))
    named = (f"{thing(row.table)} {papers.record(row)['number'] or ''}".strip() for row in rows)
    return tuple(dict.fromkeys(named))


def _namesakes(people: People) -> tuple[str, ...]:
    return tuple(
        f"{_listed(names_of(person))}, {_told_apart(person) or listed([things(table, number) for table, number in papers_in(person).items()])}"
        for person in people.namesakes
    )


def _stranger(office: Office, shelf: Shelf, memory: Remembered, wanted: str) -> Caller | None:
    """Somebody whom no sheet has but the calls, or to whom or from whom there were messages."""
    known_as = addresses_of(office, wanted)
    if not known_as:
        return None
    caller = caller_of(office, shelf, memory, None, (), (), known_as)
    return caller if caller.calls or caller.messages or caller.stopped else None
