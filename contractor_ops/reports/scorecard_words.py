"""The scorecard as plain text: one glance of two lines a leak, and what stands behind each."""

from collections.abc import Iterator
from decimal import Decimal

from contractor_ops.figures.leak import Leak
from contractor_ops.reports.format import count, day, listed, money, with_phones
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.scorecard import Scorecard

ORDER = "In order of money and how sure it is:"
_BESIDE = 60
"""Columns of a line that are not its bar."""
_SHOWN = 5


def scorecard_lines(card: Scorecard, width: int = 80, *, details: bool = False) -> Iterator[str]:
    """The page: what slips through, the leaks with their bars, what holds, and what cannot be told."""
    yield f"{one_line(card.office)} · where the office leaks · {day(card.now, card.now)}"
    yield ""
    yield headline(card)
    if card.first:
        yield f"Fix first: {card.first.title.lower()}. The recipe {card.first.recipe} mends it."
        yield ""
        if len(card.leaks.found) > 1:
            yield ORDER
    most = max((one.money or Decimal(0) for one in card.leaks.found), default=Decimal(0))
    for number, one in enumerate(card.leaks.found, 1):
        yield from _glance(number, one, most, max(10, min(width - _BESIDE, 60)))
    yield from _rest(card)
    if details:
        yield from _behind(card)
        yield from _sources(card)
    elif card.leaks.found:
        yield ""
        yield "More: --details, or --html FILE"


def headline(card: Scorecard) -> str:
    """What slips through in all, in a sentence, and of how many leaks anybody can tell."""
    if not card.leaks.found:
        told, of = card.looked_at
        through = "Nothing slips through, as far as these sheets tell."
        return through if told == of else f"{looked_at(card)}{' Nothing slips through there.' if told else ''}"
    return " ".join(part for part in (_slips(card), looked_at(card)) if part)


def _slips(card: Scorecard) -> str:
    if card.known:
        return f"${card.known:,.0f} slips away: {in_parts(card)}."
    if card.guessed:
        return f"What slips away is a guess: ${card.guessed:,.0f}."
    return f"{count(len(card.leaks.found), 'leak')}; what they cost no sheet tells."


def looked_at(card: Scorecard) -> str:
    """That not all leaks could be looked at; "" where all could."""
    told, of = card.looked_at
    if told == of:
        return ""
    return f"Only {told} of {of} leaks could be looked at." if told else f"None of {of} leaks could be looked at."


def in_parts(card: Scorecard) -> str:
    """How sure each part of the money is: "$8,313 sure and $24,629 fairly sure; $16,316 more is a guess"."""
    told = listed([f"${amount:,.0f} {sure}" for sure, amount in card.by_sureness.items() if sure != "a guess"])
    return f"{told}; ${card.guessed:,.0f} more is a guess" if card.guessed else told


def of_how_many(one: Leak) -> str:
    """ "13 of 24 unpaid invoices"."""
    return f"{one.part:,} of {one.whole:,} {one.of}"


def read_from(one: Leak, card: Scorecard) -> str:
    """From how many rows and which days: "127 rows of invoices, Thu, May 28 to Sun, Nov 22"."""
    tables = listed([name.replace("_", " ") for name in one.tables])
    days = f", {day(one.window.first, card.now)} to {day(one.window.last, card.now)}" if one.window else ""
    return f"{count(one.rows, 'row')} of {tables}{days}"


def _glance(number: int, one: Leak, most: Decimal, room: int) -> Iterator[str]:
    worth = "?" if one.money is None else f"${one.money:,.0f}"
    yield f"{number:>2}  {one.title:<32}{worth:>9}  {_bar(one.money, most, room):<{room}}  {one.sure if one.money is not None else 'sum not known'}"
    yield f"    {of_how_many(one)}: {one_line(one.how)}"


def _bar(amount: Decimal | None, most: Decimal, room: int) -> str:
    """A bar in eighths of a column; what is little still shows."""
    if not amount or not most:
        return ""
    eighths = max(int(amount * room * 8 / most), 1)
    return "█" * (eighths // 8) + ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")[eighths % 8]


def _rest(card: Scorecard) -> Iterator[str]:
    if card.leaks.tight or card.leaks.untold:
        yield ""
    for one in card.leaks.tight:
        yield f"Holds: {one.title.lower()} (none of {one.whole:,} {one.of})."
    for why, titles in cannot_be_told(card).items():
        yield f"Cannot be told: {listed([title.lower() for title in titles])} ({one_line(why)})."


def cannot_be_told(card: Scorecard) -> dict[str, list[str]]:
    """What is missing, and what cannot be told for that reason."""
    found: dict[str, list[str]] = {}
    for one in card.leaks.untold:
        found.setdefault(one.why, []).append(one.title)
    return found


def _behind(card: Scorecard) -> Iterator[str]:
    for number, one in enumerate(card.leaks.found, 1):
        yield from ("", f"{number}. {one.title.upper()}", f"  {one.sentence}")
        yield f"  {one.sure.capitalize()}: {one_line(one.because)}."
        yield f"  Read from {read_from(one, card)}. Mended by: {one.recipe}"
        for line in one.lines[:_SHOWN]:
            told = [with_phones(one_line(part)) for part in (line.customer, line.what, money(line.amount), line.why) if part]
            yield f"    {' · '.join(told)}"
        if len(one.lines) > _SHOWN:
            yield f"    and {len(one.lines) - _SHOWN:,} more"


def _sources(card: Scorecard) -> Iterator[str]:
    troubled = [one for one in card.sources if one.trouble]
    if troubled:
        yield ""
    yield from (f"{one.table} could not be read: {one_line(one.trouble)}" for one in troubled)
