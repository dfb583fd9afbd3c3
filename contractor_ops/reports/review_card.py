"""One item of the queue on one screen: why it is here, the customer's story, and the words that would go out."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from contractor_ops.ports import ReviewItem
from contractor_ops.reports.format import age, count, day, days_since, documents, money, phone
from contractor_ops.reports.next_thing import nowhere
from contractor_ops.reports.printable import one_line, printable

_NOTE_LINES, _SHORT_NOTE = 4, 2
"""So many lines a note may take that must be read, and another one."""
Style = Literal["", "head", "dim", "words", "warn"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the screen, and how it should look."""

    text: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that we or they wrote."""

    at: datetime
    who: Literal["we", "they"]
    channel: str
    words: str


@dataclass(frozen=True, slots=True)
class Open:
    """An estimate or invoice that is open: "invoice 2042", how much, since or until when, and what is out of the ordinary about it."""

    what: str
    amount: Decimal | None
    when: str
    day: date | None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of a sheet: of which paper, its words, and whether a person must have read it before a message leaves."""

    what: str
    words: str
    decides: bool = False


@dataclass(frozen=True, slots=True)
class CustomerStory:
    """The customer behind an item; `recipient` is who of our own people gets the message, "" where the customer does.

    `waiting` is what else of theirs stands in the queue, by number.
    """

    phones: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    open: tuple[Open, ...] = ()
    notes: tuple[Remark, ...] = ()
    recipient: str = ""
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One item as it is shown: the `number`-th of `of`, whose turn it is and why, what the recipe is called.

    `held` says why its message would not leave, `reason` is the item's, with the day that it was written on where that matters.
    """

    item: ReviewItem
    number: int
    of: int
    turn: str
    recipe: str
    story: CustomerStory
    fallen: str = ""
    held: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A card cut to a screen: `whole` is False where some of the words that would go out did not fit."""

    lines: tuple[Line, ...]
    whole: bool


def show_card(card: Card, now: datetime, width: int, height: int) -> Shown:
    """The card in at most `height` lines of at most `width` columns; what does not fit is cut in the story first, then in the words."""
    head, words, story = (
        [line for part in parts for line in wrapped(part, width)]
        for parts in (_head(card, now), _words(card.item, card.story.recipient), _story(card, now, width))
    )
    head += _notes_cut(card.story.notes, width)
    story = _cut(story, max(height - len(head) - len(words), 0))
    fitting = _cut(words, max(height - len(head) - len(story), 3))
    lines = _cut([*head, *story, *fitting], height)
    return Shown(tuple(lines), len(lines) >= len(head) + len(story) + len(words))


def _head(card: Card, now: datetime) -> Iterator[Line]:
    item = card.item
    name = item.customer or without_a_name(item, card.story.phones)
    who = f"{one_line(name)} · " if name else ""
    what = documents(item.table, [phone(member.key.record) for member in item.members])
    amount = f" · {money(item.amount)}" if item.amount is not None else ""
    yield Line(f"{card.number} of {card.of}  {who}{what}{amount}", "head")
    yield Line(f"Why: {one_line(card.reason or item.reason)}", "warn" if item.urgent else "")
    waits = age(days_since(item.created_at, now))
    about = [
        card.recipe,
        f"for {card.turn}{f' ({card.fallen})' if card.fallen else ''}",
        f"waiting since {waits}" if waits == "today" else f"waiting {waits}",
    ]
    yield Line("     " + ", ".join(about), "dim")
    places = list(dict.fromkeys(str(member.place) for member in item.members if member.place.row))
    if places:
        more = f" and {count(len(places) - 1, 'row')} more" if len(places) > 1 else ""
        yield Line(f"     {places[0]}{more}", "dim")
    if item.note:
        yield Line(f"Note: {one_line(item.note)}")
    if card.held:
        yield Line(f"Held: {one_line(card.held)}", "warn")


def without_a_name(item: ReviewItem, phones: Sequence[str]) -> str:
    """What a caller whom nobody knows goes by: the telephone number; "" for everybody else."""
    return phone(phones[0]) if phones and not item.customer and len(item.members) == 1 else ""


def note_lines(notes: Sequence[Remark], width: int) -> list[Line]:
    """The notes whole, each with the paper that it stands on."""
    return [part for note in notes for part in wrapped(_noted(note), width)]


def _notes_cut(notes: Sequence[Remark], width: int) -> list[Line]:
    """A note of many lines leaves room for the words; `v` shows it whole."""
    return [part for note in notes for part in _cut(wrapped(_noted(note), width), _NOTE_LINES if note.decides else _SHORT_NOTE)]


def _noted(note: Remark) -> Line:
    what = one_line(note.what)
    return Line(f"{what[:1].upper()}{what[1:]} says: {one_line(note.words)}", "warn" if note.decides else "")


def _story(card: Card, now: datetime, width: int) -> Iterator[Line]:
    story = card.story
    if story.said:
        yield Line("Said", "dim")
    for one in story.said:
        words = one_line(one.words) if one.channel == "call" else f": {one_line(one.words)}"
        yield Line(_short(f"  {day(one.at, now)}  {one.who}{' ' if one.channel == 'call' else ''}{words}", width))
    if story.open:
        yield Line("Also open", "dim")
    for thing in story.open:
        when = f", {thing.when} {day(thing.day, now)}" if thing.day else ""
        late = days_since(thing.day, now) if thing.when == "due" else 0
        remarks = [f"{count(late, 'day')} late" if late else "", thing.remark]
        told = ", ".join(part for part in (money(thing.amount), *remarks) if part)
        yield Line(_short(f"  {one_line(thing.what)}{when}  {told}".rstrip(), width))
    if story.waiting:
        yield Line("Also in the queue", "dim")
    for one_more in story.waiting:
        yield Line(_short(f"  {one_line(one_more)}", width))


def _words(item: ReviewItem, recipient: str) -> Iterator[Line]:
    words = item.edited or item.body
    if words:
        to = (
            f"To {f'{one_line(recipient)}, at ' if recipient else ''}{phone(item.to)}"
            if item.to
            else "To do"
            if item.kind == "task"
            else f"To nobody: {nowhere(item.reason)}"
            if nowhere(item.reason)
            else "As it stands"
        )
        by = {"sms": " by text", "email": " by e-mail"}.get(item.channel or "", "")
        yield Line(f"{to}{by}{' (your words)' if item.edited else ''}:", "dim")
        if item.subject:
            yield Line(f"  Subject: {one_line(item.subject)}")
        yield from (Line(f"  {line}", "words") for line in printable(words).strip().split("\n"))
        return
    messages = [member for member in item.members if member.body]
    if messages:
        yield Line(f"{count(len(messages), 'message')}:", "dim")
    for member in messages:
        yield Line(f"  {one_line(member.customer or member.key.record)}: {one_line(member.body or '')}", "words")


def words_of(items: Sequence[ReviewItem], width: int, recipients: Mapping[int, str] = MappingProxyType({})) -> list[Line]:
    """All the words of several items, to be read before they leave; `recipients` are those of our own people, by the item's number."""
    lines: list[Line] = []
    for item in items:
        for customer, body in _messages(item):
            ours = recipients.get(item.id, "")
            who = f"{one_line(ours)}, about {one_line(customer)}," if ours else one_line(customer)
            lines += wrapped(Line(f"{item.id}  {who}{f' at {phone(item.to)}' if item.to else ''}", "head"), width)
            lines += [part for line in printable(body).strip().split("\n") for part in wrapped(Line(f"   {line}", "words"), width)]
    return lines


def _messages(item: ReviewItem) -> list[tuple[str, str]]:
    """Each customer and what they would be told."""
    words = item.edited or item.body
    if words:
        return [(item.customer or "", f"{item.subject}\n{words}" if item.subject else words)]
    return [(member.customer or member.key.record, member.body) for member in item.members if member.body]


def keys_lines(item: ReviewItem, alike: int, can_undo: bool, width: int) -> list[Line]:
    """The keys that mean something for this item, on as few lines as they take."""
    message = item.kind == "message"
    keys = {"r release": message, "e edit": message and item.body is not None, "s snooze": True, "a assign": True, "c call": True,
            "x dismiss": True, "d done": True, f"g group of {alike}": alike > 1, "u undo": can_undo, "n next": True, "v view": True,
            "? help": True, "q quit": True}  # fmt: skip
    return whole_words([key for key, fits in keys.items() if fits], width, "head")


def whole_words(phrases: Sequence[str], width: int, style: Style = "") -> list[Line]:
    """Phrases side by side, none of them broken in two."""
    told = "  ".join(phrase.replace(" ", "\N{NO-BREAK SPACE}") for phrase in phrases)
    return [Line(line.replace("\N{NO-BREAK SPACE}", " "), style) for line in textwrap.wrap(told, width)]


def wrapped(line: Line, width: int) -> list[Line]:
    """A line broken between words, in line with where it begins."""
    margin = " " * (len(line.text) - len(line.text.lstrip()))
    parts = textwrap.wrap(line.text, width, subsequent_indent=margin or "     ", break_on_hyphens=False)
    return [Line(part, line.style) for part in parts] or [Line("", line.style)]


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _cut(lines: list[Line], room: int) -> list[Line]:
    return lines if len(lines) <= room else [*lines[: max(room - 1, 0)], *([Line("  …", "dim")] if room else [])]
