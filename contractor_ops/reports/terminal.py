"""The exception report in a terminal: tables that fit the window, few colours, words wrapped and never cut off."""

from collections.abc import Iterable

from rich.console import Console, Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from contractor_ops.planning.decision import KINDS
from contractor_ops.reports.exception_report import Count, ExceptionReport, Held, Routine
from contractor_ops.reports.format import age, count, moment, money, phone
from contractor_ops.reports.printable import one_line
from contractor_ops.reports.report_items import AT_STAKE, Item, Section, Urgency

_WIDE = 110
"""From this many columns on, the next thing to do has a column of its own."""

_COLOURS: dict[Urgency, str] = {
    "urgent": "bold red",
    "failed": "bold red",
    "in doubt": "bold red",
    "mend": "yellow",
    "backlog": "dim",
    "tidy": "dim",
}


def render_terminal(report: ExceptionReport, console: Console) -> None:
    """Print the report: what needs a person first, then what is routine, then the count of every row."""
    console.print(_heading(report))
    for trouble in report.troubles:
        console.print(_alarm("TROUBLE", f"{trouble.about}: {trouble.message}", [trouble.remedy] if trouble.remedy else []))
    for brake in report.brakes:
        console.print(_alarm("BRAKE", f"{brake.recipe}: {brake.message}", brake.sentences))
    for section in report.sections:
        console.print(_section(section, wide=console.width >= _WIDE))
    for title, lines in report.routine_by_title().items():
        console.print(_titled(f"{title} ({len(lines):,})", _routine(lines)))
    if report.holds:
        console.print(_titled(f"On hold ({len(report.holds):,})", _holds(report)))
    if report.counts:
        console.print(_titled(report.counts_title(), _counts(report.counts)))
    for number, note in enumerate(report.notes):
        if number == 0:
            console.print()
        console.print(_text(note, "dim"))


def _text(value: str, style: str = "") -> Text:
    """Data as it stands on one line: markup in it stays letters, control characters are gone, long words are folded."""
    return Text(one_line(value), style=style, overflow="fold")


def _heading(report: ExceptionReport) -> Group:
    first = f"Start with: {_first_thing(report.items[0])}" if report.items and not report.brakes and not report.troubles else ""
    title = Text.assemble(("Exception report", "bold"), ("  " + moment(report.now, report.now), "dim"))
    return Group(title, _text(report.headline() + "."), *([_text(first)] if first else []))


def _first_thing(item: Item) -> str:
    """What to do first; of money at stake why, for where to look says little."""
    return item.reason if item.table in AT_STAKE else item.next


def _titled(title: str, table: Table) -> Padding:
    return Padding(Group(Rule(_text(title, "bold"), align="left", style="dim"), table), (1, 0, 0, 0))


def _alarm(kind: str, head: str, sentences: Iterable[str]) -> Padding:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(kind, "bold red"), _text(head, "bold"))
    for said in sentences:
        grid.add_row("", _text(said))
    return Padding(grid, (1, 0, 0, 0))


# ── what needs a person ──────────────────────────────────────────────────────────────────────────────────────────────


def _section(section: Section, wide: bool) -> Padding:
    table = _table()
    table.add_column("", justify="right", no_wrap=True, min_width=2)
    table.add_column("", no_wrap=True, min_width=8)
    table.add_column("What and why", overflow="fold", ratio=1)
    if wide:
        table.add_column("Next", overflow="fold", ratio=1)
    table.add_column("Amount", justify="right", no_wrap=True)
    table.add_column("Waiting", justify="right", no_wrap=True)
    for number, item in enumerate(section.items, 1):
        label = Text(item.urgency, _COLOURS.get(item.urgency, ""))
        told = [_what(item), _text(item.next)] if wide else [Group(_what(item), Text("→ ", "bold").append_text(_text(item.next)))]
        if number > 1:
            table.add_row()
        table.add_row(str(number), label, *told, money(item.amount), age(item.age))
    amount = f", {money(section.amount)}" if section.amount else ""
    return _titled(f"{section.owner}: {count(len(section.items), 'thing')} to do{amount}", table)


def _what(item: Item) -> Group:
    head = ", ".join(part for part in (item.customer, item.about) if part)
    place = [] if item.place in item.next else [_text(item.place, "dim")]
    return Group(_text(head, "bold"), _text(item.reason), *place)


# ── what needs nobody ────────────────────────────────────────────────────────────────────────────────────────────────


def _routine(lines: Iterable[Routine]) -> Table:
    table = _table()
    for name, ratio in (("Customer", 4), ("Step", 3), ("To", 6), ("Words", 8)):
        table.add_column(name, overflow="fold", ratio=ratio)
    for line in lines:
        customer = line.customer + (f" ({count(line.rows, 'row')} in one)" if line.rows > 1 else "")
        table.add_row(_text(customer), Group(_text(line.step), _text(line.channel, "dim")), _text(phone(line.to)), _text(line.words))
    return table


def _holds(report: ExceptionReport) -> Table:
    table = _table()
    for name, ratio in (("Customer", 3), ("Step", 3), ("Until", 0), ("Why", 5)):
        table.add_column(name, overflow="fold", ratio=ratio or None)
    for held in report.holds:
        table.add_row(_text(held.customer), Group(_text(held.step), _text(held.recipe, "dim")), _until(held, report), _text(held.reason))
    return table


def _until(held: Held, report: ExceptionReport) -> Text:
    return Text(moment(held.until, report.now) if held.until else "")


def _counts(counts: Iterable[Count]) -> Table:
    """Rows (in a trail, decisions) stand left of the kinds that add up to them."""
    table = _table()
    counts = list(counts)
    table.add_column("Recipe", overflow="fold", ratio=1)
    trail = any(line.decisions is not None for line in counts)
    for name in ("rows", *(["decisions"] if trail else []), "=", *KINDS):
        table.add_column(name, justify="right", no_wrap=True)
    for line in counts:
        told = [f"{line.whole:,}" if line.decisions is not None else ""] if trail else []
        table.add_row(
            _text(line.recipe), f"{line.rows:,}", *told, _equals(line), *(f"{number:,}" if number else "·" for number in line.kinds)
        )
    return table


def _equals(line: Count) -> Text:
    return Text("=") if line.adds_up else Text("≠", "bold red")


def _table() -> Table:
    return Table(box=None, padding=(0, 1, 0, 0), expand=True, header_style="dim", pad_edge=False)
