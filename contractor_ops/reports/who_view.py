"""The answer while the customer is on the line: what is asked first stands first, a line each, in 80 columns."""

from collections.abc import Iterator, Mapping, Sequence

from contractor_ops.reports.format import listed, phone, things
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.who import Age, Answer, Caller, Choice
from contractor_ops.reports.who_money import money_lines
from contractor_ops.reports.who_own import mention, own_lines
from contractor_ops.reports.who_parts import MARGIN, section
from contractor_ops.reports.who_sections import (
    aged,
    calls_lines,
    estimates_lines,
    jobs_lines,
    messages_lines,
    requests_lines,
    stopped_lines,
    unclear_lines,
    visits_lines,
)  # fmt: skip


def who_lines(answer: Answer) -> Iterator[str]:
    """The answer as people read it; where several fit, a list to choose from."""
    yield from (f"! {one}" for one in answer.troubles)
    if answer.caller is None and not answer.choices:
        yield from (line for one in answer.own for line in own_lines(one, answer.now))
    else:
        yield from map(mention, answer.own)
    if answer.choices:
        yield from _choices(answer)
        return
    if answer.caller is not None:
        yield from _caller(answer.caller, answer)
    yield from _sources(answer)


# ── several ──


def _choices(answer: Answer) -> Iterator[str]:
    yield f'{len(answer.choices)} customers fit "{one_line(answer.asked)}":'
    for number, choice in enumerate(answer.choices, 1):
        yield f"{number:>3}  {_named(choice.names)}{_asked(choice.found_as)}"
        yield from (f"     {line}" for line in _apart(choice))
    if sum(not one.phones and not one.emails for one in answer.choices) > 1:
        yield "A name alone does not tell that two are one person: ask for the address."
    yield f"Choose with: contractor-ops who {_quoted(answer.asked)} --pick NUMBER   (or type the telephone number)"


def _apart(choice: Choice) -> Iterator[str]:
    reached = " · ".join([*map(phone, choice.phones), *choice.emails])
    yield from (line for line in (reached, " / ".join(choice.addresses), _papers(choice.papers)) if line)


def _asked(found_as: Sequence[str]) -> str:
    return f" ({listed(list(found_as))})" if found_as else ""


def _papers(papers: Mapping[str, int]) -> str:
    kinds = {table: number for table, number in papers.items() if table != "customers"}
    return ", ".join(things(table, number) for table, number in kinds.items())


def _quoted(text: str) -> str:
    return f'"{text}"' if set(" ()&'") & set(text) else text


# ── one ──


def _caller(caller: Caller, answer: Answer) -> Iterator[str]:
    now = answer.now
    yield from _person(caller)
    if not caller.papers:
        yield f"{MARGIN}This number is in none of your sheets{' but the calls' if caller.calls else ''}."
        yield from calls_lines(caller, now)
        yield from messages_lines(caller, now)
        yield from stopped_lines(caller.stopped)
        return
    yield from visits_lines(caller.visits, answer)
    yield from requests_lines(caller.requests, now)
    yield from estimates_lines(caller.estimates, answer)
    yield from money_lines(caller, answer)
    yield from messages_lines(caller, now)
    yield from calls_lines(caller, now)
    yield from jobs_lines(caller, answer)
    yield from stopped_lines(caller.stopped)
    yield from unclear_lines(caller)


def _named(names: Sequence[str]) -> str:
    also = f" (also: {', '.join(names[1:])})" if len(names) > 1 else ""
    return one_line(f"{names[0] if names else 'Somebody without a name'}{also}")


def _person(caller: Caller) -> Iterator[str]:
    number = f"   customer {caller.number}" if caller.number else ""
    yield f"{_named(caller.names)}{number}{_asked(caller.found_as)}"
    reached = [*map(phone, caller.phones), *caller.emails]
    yield f"{MARGIN}{' · '.join(reached) or 'no phone and no e-mail'}"
    yield from (f"{MARGIN}{address}" for address in caller.addresses)
    if caller.notes:
        yield f"{MARGIN}Note: {caller.notes}"


# ── sources ──


def _sources(answer: Answer) -> Iterator[str]:
    """Files of one age stand in one line."""
    by_age: dict[str, dict[str, None]] = {}
    for one in answer.sources:
        by_age.setdefault(f"{aged(one, answer.now)}{_old(one)}", {})[one.file or one.table] = None
    yield from section("HOW OLD THIS IS", [f"{MARGIN}{told[0].upper()}{told[1:]}: {', '.join(files)}" for told, files in by_age.items()])


def _old(one: Age) -> str:
    return f", OLDER THAN {one.too_old.upper()}" if one.too_old else ""
