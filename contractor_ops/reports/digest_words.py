"""The digest's sentences, and the whole digest as plain text: the same in the mail's text, on the terminal and on the page."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import time

from contractor_ops.figures.automation import Measured
from contractor_ops.figures.values import Average, Group, Share, Window
from contractor_ops.reports.digest import Digest
from contractor_ops.reports.digest_parts import Done, LowRating, Ratings, Reason, Settled, Waiting
from contractor_ops.reports.digest_sheets import sheets_by_age
from contractor_ops.reports.format import age, count, day, listed, moment, money, short, with_phones
from contractor_ops.reports.printable import one_line

_SHOWN = 5
SHOWN_NEEDS = 10
"""So many lines of a group that wants a decision are shown."""


def percent(one: Share) -> str:
    """A share as "78 %"; nothing where there is nothing to have a share of."""
    return f"{_percent(one.part, one.whole)} %" if one.whole else ""


def _percent(part: int, whole: int) -> int:
    """Rounded, but nearly all is not all, and hardly any is not none."""
    return min(max(round(100 * part / whole), 1), 99) if 0 < part < whole else round(100 * part / whole)


def moved(one: Share) -> str:
    """A share, and how it moved: "78 %, up from 60 %"."""
    if one.before is None or not one.before[1] or one.of_one is None:
        return percent(one)
    now, before = _percent(one.part, one.whole), _percent(*one.before)
    return f"{now} %, {_way(now, before)} {before} %" if now != before else f"{now} %, as before"


def moved_mean(one: Average) -> str:
    """How a mean moved, and over how many: "over 31 jobs, down from 14.2"."""
    over = f"over {one.count:,}"
    if one.before is None or not one.before[1] or one.mean is None:
        return over
    before = (one.before[0] / one.before[1]).quantize(one.mean)
    return f"{over}, as before" if before == one.mean else f"{over}, {_way(one.mean, before)} {before}"


def _way(now: object, before: object) -> str:
    return "up from" if now > before else "down from"  # type: ignore[operator]


def named(names: Sequence[str], shown: int = _SHOWN) -> str:
    """Names, each once, the first of them where there are many: "Ann Li, Bob Roe and 3 more"."""
    return listed(names if len(names) <= shown else [*names[:shown], f"{len(names) - shown:,} more"])


def done_in_words(one: Done) -> str:
    """What a recipe did: "2 sent: Ann Li and Bob Roe; 3 tasks put on the list; 2 answers"."""
    told = [
        f"{one.sent:,} sent: {named(one.sent_to)}" if one.sent else "",
        f"{one.outbox:,} written to outbox/ (to be sent by hand): {named(one.outbox_to)}" if one.outbox else "",
        f"{count(one.tasks, 'task')} put on the list" if one.tasks else "",
        count(one.answered, "answer") if one.answered else "",
        f"{one.failed:,} failed" if one.failed else "",
        f"{one.in_doubt:,} of which nobody knows whether {'it' if one.in_doubt == 1 else 'they'} left" if one.in_doubt else "",
    ]
    return "; ".join(filter(None, told)) or "nothing was due"


def ratings_in_words(one: Ratings) -> str:
    """How customers rated the work: "3 came, 3.7 of 5 on average; low: 1 from Ann Li (job J-1, Tom Vale)"."""
    came = f"{one.count:,} came, {one.average} of 5 on average" if one.count > 1 else f"1 came, {one.total} of 5"
    return "; ".join([came, *([f"low: {named([_low(each) for each in one.low])}"] if one.low else [])])


def _low(one: LowRating) -> str:
    about = ", ".join(part for part in (f"job {one.job}" if one.job else "", one.technician) if part)
    return f"{one.score} from {one.customer or 'somebody'}{f' ({about})' if about else ''}"


def whose_list(one: Settled, people: Mapping[str, str]) -> str:
    """On whose list it stood: "Dana Reed's list"."""
    return f"{people.get(one.owner, one.owner)}'s list" if one.owner else "Released, but not needed any more"


def settled_in_words(one: Settled) -> str:
    """What was settled: "3 dealt with by hand. Called Ann Li (reached). Released Bob Roe (invoice 1003) and Cy Poe (invoice 1004)"."""
    if not one.owner:
        return "; ".join(f"{named(whom)}: {verb}" for verb, whom in one.deeds)
    deeds = (f"{verb[:1].upper()}{verb[1:]} {named(whom)}" for verb, whom in one.deeds)
    return ". ".join([f"{one.things:,} dealt with by hand", *deeds])


def done_title(digest: Digest) -> str:
    """Since when: "since yesterday", "in the last seven days", or since the digest before this one."""
    if digest.since.astimezone(digest.now.tzinfo).time() == time.min:
        return "since yesterday" if digest.kind == "daily" else "in the last seven days"
    return f"since {moment(digest.since, digest.now)}"


def reason_in_words(one: Reason, digest: Digest) -> str:
    """Why one thing waits: "12 · Ann Li · invoice 1003 · $280.00 · notes mention "lawyer" · Dana Reed"."""
    urgent = "URGENT" if one.urgent else ""
    parts = (urgent, one.customer, one.what, money(one.amount), one.why, digest.people.get(one.owner, one.owner))
    return " · ".join(short(with_phones(one_line(part))) for part in parts if part)


def more_in_words(digest: Digest) -> str:
    """How to see the rest of the queue; "" where there is none."""
    return f"and {digest.reasons.more:,} more: {digest.reasons.command}" if digest.reasons.more else ""


def measured_in_words(one: Measured) -> str:
    """What became of a recipe's messages: "40 planned, 38 sent, 37 known to have arrived, 9 answered, 1 opted out"."""
    told = [f"{one.planned:,} planned", f"{one.sent:,} sent", f"{one.delivered:,} known to have arrived", f"{one.answered:,} answered"]
    more = [f"{one.opted_out:,} opted out" if one.opted_out else "", f"{one.written:,} written to outbox/" if one.written else ""]
    return ", ".join([*told, *filter(None, more)])


def won_in_words(one: Measured) -> str:
    """What came of it: "6 won, $4,200 · 2.5 h saved"."""
    won = (
        f"won: not known, {one.won_unknown}"
        if one.won_unknown
        else f"{one.won:,} won" + (f", ${one.won_amount:,.0f}" if one.won_amount else "")
    )
    return f"{won} · {one.minutes_saved / 60:.1f} h saved"


def queue_in_words(one: Waiting) -> str:
    """A person's queue: "29 things wait, the oldest 3 days; 2 put off; 15 released leave at the next run"."""
    wait = f"{count(one.things, 'thing waits', 'things wait')}, the oldest {age(one.oldest)}" if one.things else "nothing waits"
    told = [wait, f"{one.put_off:,} put off" if one.put_off else "", f"{one.released:,} released and not yet gone" if one.released else ""]
    return "; ".join(filter(None, [f"{one.urgent:,} URGENT" if one.urgent else "", *told]))


def digest_lines(digest: Digest) -> Iterator[str]:
    """The whole digest as text."""
    yield f"{digest.office} · {day(digest.now, digest.now)} · {digest.kind} summary"
    yield ""
    yield digest.subject
    if digest.urgent:
        yield f"{count(digest.urgent, 'thing is', 'things are')} URGENT: somebody may be in danger, or drive in vain"
    if digest.automation:
        yield digest.automation
    yield from _trouble(digest)
    yield from _needs(digest)
    yield from _queue(digest)
    yield from _office(digest)
    yield from _ahead(digest)
    yield from _done(digest)
    yield from _trends(digest)
    yield from _measured(digest)
    yield from _sources(digest)


def _trouble(digest: Digest) -> Iterator[str]:
    if digest.trouble:
        yield from ("", "WHAT IS NOT WORKING")
        yield from (f"  {one_line(sentence)}" for sentence in digest.trouble)


def _needs(digest: Digest) -> Iterator[str]:
    if any(map(len, digest.needs)):
        yield from ("", "NEEDS A DECISION")
        for one in digest.needs:
            yield from _group(one, digest, SHOWN_NEEDS)
    if any(map(len, digest.ageing)):
        yield from ("", "WHAT IS OWED, BY HOW LATE IT IS")
        yield from (f"  {one.title}: {money(one.amount)} in {count(len(one), 'invoice')}" for one in digest.ageing)


def in_hand_in_words(one: Group) -> str:
    """How many of a group somebody has in hand: ", of them 2 in hand"."""
    if not one.in_hand:
        return ""
    return f", of them {one.in_hand:,} in hand" if one.waiting else ", in hand"


def rest_in_words(one: Group, shown: int) -> str:
    """How many more a group has than are shown, and what lists them."""
    table = one.lines[-1].table
    return f"and {len(one) - shown:,} more{f': contractor-ops read {table}' if table else ''}"


def _group(one: Group, digest: Digest, shown: int) -> Iterator[str]:
    if not len(one):
        return
    amount = f", {money(one.amount)}" if one.amount else ""
    yield f"  {one_line(one.title)}: {len(one):,}{amount}{in_hand_in_words(one)}"
    for line in one.lines[:shown]:
        owner = digest.people.get(line.owner, line.owner)
        told = [short(with_phones(one_line(part))) for part in (line.customer, line.what, money(line.amount), line.why, owner) if part]
        yield f"    {' · '.join(told)}"
    if len(one) > shown:
        yield f"    {rest_in_words(one, shown)}"


def _queue(digest: Digest) -> Iterator[str]:
    if digest.queue or digest.spoilt:
        yield from ("", "THE QUEUE")
        yield from (f"  {one_line(digest.people.get(one.owner, one.owner))}: {queue_in_words(one)}" for one in digest.queue)
        yield from (f"    {reason_in_words(one, digest)}" for one in digest.reasons.shown)
        if more := more_in_words(digest):
            yield f"    {more}"
        if digest.spoilt:
            yield f"  {one_line(digest.spoilt)}"


def untold(digest: Digest) -> list[tuple[str, str]]:
    """What cannot be told of how the office does: the reason, and the figures that it keeps from being told."""
    found: dict[str, list[str]] = {}
    every: tuple[Share | Average, ...] = (*digest.signals, *digest.averages)
    for one in every:
        if one.unknown:
            found.setdefault(one.unknown, []).append(one.title)
    return [(listed(titles), why) for why, titles in found.items()]


def _office(digest: Digest) -> Iterator[str]:
    if digest.signals or digest.averages:
        yield from ("", "HOW THE OFFICE DOES")
    for one in digest.signals:
        if not one.unknown:
            yield f"  {one.title}: {f'{one.part:,} of {one.whole:,} ({moved(one)})' if one.whole else 'none came'}"
            yield f"    {one.sentence} {_days(one.window, digest)}"
    for mean in digest.averages:
        if not mean.unknown:
            yield f"  {mean.title}: {f'{mean.mean} {mean.unit} ({moved_mean(mean)})' if mean.count else 'none'}"
            yield f"    {mean.sentence} {_days(mean.window, digest)}"
    yield from (f"  {titles}: {why}" for titles, why in untold(digest))


def _days(window: Window, digest: Digest) -> str:
    return f"{day(window.first, digest.now)} to {day(window.last, digest.now)}."


def _ahead(digest: Digest) -> Iterator[str]:
    if any(map(len, digest.ahead)):
        yield from ("", "THE NEXT SEVEN DAYS")
        for one in digest.ahead:
            yield from _group(one, digest, 4)


def _done(digest: Digest) -> Iterator[str]:
    if digest.done or digest.settled or digest.ratings:
        yield from ("", f"DONE {done_title(digest).upper()}")
        yield from (f"  {one_line(whose_list(one, digest.people))}: {one_line(settled_in_words(one))}" for one in digest.settled)
        yield from (f"  {one_line(one.title)}: {one_line(done_in_words(one))}" for one in digest.done)
        if digest.ratings:
            yield f"  Ratings: {one_line(ratings_in_words(digest.ratings))}"


def _trends(digest: Digest) -> Iterator[str]:
    for pair in digest.trends:
        for one in pair:
            if one is not None:
                told = [
                    f"{start:%b} {start.day} {'-' if value < 0 else ''}{'$' if one.unit == '$' else ''}{abs(value):,.0f}"
                    for start, value in zip(one.starts, one.values, strict=True)
                ]
                yield from ("", f"{one.title.upper()}, WEEK BY WEEK", f"  {listed(told)}")


def _measured(digest: Digest) -> Iterator[str]:
    if digest.measured:
        yield from ("", "IS EACH RECIPE WORTH IT? (THE LAST 28 DAYS)")
        yield f"  Won: paid, accepted or booked within 14 days of a message. Time saved: {digest.minutes_each} minutes a message."
        yield from (f"  {one_line(one.title)}: {measured_in_words(one)}; {won_in_words(one)}" for one in digest.measured)


def _sources(digest: Digest) -> Iterator[str]:
    yield from ("", "HOW OLD EACH SHEET IS")
    yield from (f"  {one.names}: {one.said}" for one in sheets_by_age(digest.sources))
    yield from digest.left_out
