"""The exception report as plain text for a pipe, a file or an e-mail: no colours, nothing cut off, one layout."""

from collections.abc import Iterable, Iterator

from contractor_ops.reports.exception_report import Count, ExceptionReport, Held, Routine, StoppedRun
from contractor_ops.reports.format import age, count, moment, money, phone
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.report_items import Item, Section
from contractor_ops.reports.trouble import Trouble


def render_plain(report: ExceptionReport) -> str:
    """The whole report as text that ends in a new line."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: ExceptionReport) -> Iterator[str]:
    yield f"Exception report, {moment(report.now, report.now)}"
    yield f"{one_line(report.headline())}."
    yield from _block("TROUBLE: this is not working", map(_trouble, report.troubles))
    yield from _block("BRAKES: these runs were stopped, and nothing of theirs leaves", (_brake(brake) for brake in report.brakes))
    for section in report.sections:
        yield from _block(_section_title(section), (_item(number, item) for number, item in enumerate(section.items, 1)), apart=True)
    for title, lines in report.routine_by_title().items():
        yield from _block(f"ROUTINE, {title} ({len(lines):,})", map(_routine, lines))
    yield from _block(f"ON HOLD ({len(report.holds):,})", (_held(held, report) for held in report.holds))
    yield from _block(report.counts_title().upper(), map(_count, report.counts))
    yield from _block("NOTES", ([f"- {one_line(note)}"] for note in report.notes))


def _block(title: str, entries: Iterable[list[str]], apart: bool = False) -> Iterator[str]:
    """A title and its entries, or nothing at all where there are none; `apart` puts a blank line between entries."""
    for number, entry in enumerate(entries):
        if number == 0:
            yield from ("", one_line(title))
        elif apart:
            yield ""
        yield from entry


def _section_title(section: Section) -> str:
    amount = f", {money(section.amount)}" if section.amount else ""
    return f"{section.owner.upper()}: {count(len(section.items), 'thing')} to do{amount}"


def _trouble(trouble: Trouble) -> list[str]:
    return [f"! {one_line(trouble.about)}: {one_line(trouble.message)}", *([f"  > {one_line(trouble.remedy)}"] if trouble.remedy else [])]


def _brake(brake: StoppedRun) -> list[str]:
    return [f"! {one_line(brake.recipe)}: {one_line(brake.message)} [{brake.name}]", *(f"  > {one_line(said)}" for said in brake.sentences)]


def _item(number: int, item: Item) -> list[str]:
    facts = (item.customer, item.about, money(item.amount), age(item.age))
    details = (item.reason, item.place if item.place not in item.next else "", f"> {item.next}")
    return [
        f"{number}. [{item.urgency}] {', '.join(one_line(fact) for fact in facts if fact)}",
        *(f"   {one_line(detail)}" for detail in details if detail),
    ]


def _routine(line: Routine) -> list[str]:
    to = f"{line.channel} to {phone(line.to)}" if line.to else line.channel
    rows = f"{count(line.rows, 'row')} in one" if line.rows > 1 else ""
    facts = ", ".join(one_line(fact) for fact in (line.step, to, rows) if fact)
    words = [f"  {one_line(line.words)}"] if line.words else []
    return [f"- {one_line(line.customer) or 'no name'}: {facts}", *words]


def _held(held: Held, report: ExceptionReport) -> list[str]:
    until = f"until {moment(held.until, report.now)}" if held.until else ""
    facts = ", ".join(one_line(fact) for fact in (held.recipe, held.step, until) if fact)
    return [f"- {one_line(held.customer) or 'no name'}: {facts}: {one_line(held.reason)}"]


def _count(line: Count) -> list[str]:
    return [f"- {one_line(line.recipe)}: {line.in_words()}"]
