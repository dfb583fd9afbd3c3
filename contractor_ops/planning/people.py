"""Whose rows are whose: everything that the tables hold of one customer, found from a few of its rows.

One customer is the same customer number, else the same phone or e-mail. A row that tells nothing but a name belongs to the paper that it
names, else to the only customer of that name; where several are called so it is nobody's, and a person is told. Where no row of a name tells
more, the places that they are about tell them apart: a name alone never joins two people.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contractor_ops.planning.identity import joined_keys
from contractor_ops.planning.papers import LOOKED_IN, Papers, Row
from contractor_ops.tables.cells.names import normal_name
from contractor_ops.tables.record import Record

_WAYS = frozenset({"n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west"})


@dataclass(frozen=True, slots=True)
class Person:
    """One customer: the rows by table, and in `unclear` those that name only somebody who is called the same."""

    rows: frozenset[Row]
    records: Mapping[str, Sequence[Record]]
    unclear: tuple[Record, ...] = ()

    def of(self, table: str) -> Sequence[Record]:
        """The rows of one table, in the order of the sheet."""
        return self.records.get(table, ())

    def all(self) -> Iterator[Record]:
        """Every row, those that say who the customer is first."""
        for table in LOOKED_IN:
            yield from self.of(table)


@dataclass(frozen=True, slots=True)
class People:
    """The customers whom some rows belong to, and others who are called the same."""

    asked: tuple[Person, ...]
    namesakes: tuple[Person, ...]


def people_of(papers: Papers, seeds: Collection[Row]) -> People:
    """Every customer whom one of these rows belongs to."""
    start = _closure(papers, seeds)
    names = {papers.marks(row).name for row in start} - {""}
    rows = start | _closure(papers, papers.named(names))
    strong = sorted(row for row in rows if papers.marks(row).strong)
    bare = sorted(rows - set(strong))
    groups = _merged(papers, _grouped(papers, strong))
    unclear = _given_out(papers, groups, bare)
    for group in groups:
        _with_nameless(papers, group)
    wanted = set(seeds)
    made = [(group, _person(papers, group, unclear)) for group in groups]
    made.sort(key=lambda one: min((LOOKED_IN.index(row.table), row.at) for row in one[0]))
    asked = tuple(person for group, person in made if group & wanted)
    if not asked:  # all that was asked for are rows of which nobody knows whose they are
        asked = tuple(
            person for group, person in made if {papers.marks(row).name for row in group} & {papers.marks(row).name for row in seeds}
        )
    return People(asked, tuple(person for _, person in made if person not in asked))


def _closure(papers: Papers, seeds: Iterable[Row]) -> set[Row]:
    """These rows and all that share a phone, an e-mail or a customer number with one of them, directly or by others."""
    found: set[Row] = set()
    new, asked = set(seeds), set[str]()
    while new:
        found |= new
        marks = [papers.marks(row) for row in new]
        phones = {one for mark in marks for one in mark.phones} - asked
        emails = {one for mark in marks for one in mark.emails} - asked
        numbers = {mark.number for mark in marks if mark.number} - asked
        asked |= phones | emails | numbers
        ways = [(papers.with_phone, phones), (papers.with_email, emails), (papers.of_customer, numbers)]
        new = {row for way, wanted in ways for one in wanted for row in way(one)} - found
    return found


def _grouped(papers: Papers, rows: Sequence[Row]) -> list[set[Row]]:
    marks = [papers.marks(row) for row in rows]
    keys = joined_keys([(mark.number, (*sorted(mark.phones), *sorted(mark.emails))) for mark in marks])
    groups: dict[str, set[Row]] = defaultdict(set)
    for row, key in zip(rows, keys, strict=True):
        groups[key].add(row)
    return list(groups.values())


def _merged(papers: Papers, groups: list[set[Row]]) -> list[set[Row]]:
    """Groups become one where a paper of one names a paper of the other, both have one name, and nothing tells them apart."""
    home = {row: group for group in groups for row in group}
    for row in sorted(home):
        for other in papers.named_by(row) & home.keys():
            mine, its = home[row], home[other]
            if mine is not its and papers.marks(row).name == papers.marks(other).name != "" and not _apart(papers, mine, its):
                mine |= its
                home.update(dict.fromkeys(its, mine))
    return list({id(group): group for group in home.values()}.values())


def _apart(papers: Papers, ones: Iterable[Row], others: Iterable[Row]) -> bool:
    theirs = [papers.marks(row) for row in others]
    return any(papers.marks(row).apart(mark) for row in ones for mark in theirs)


def _given_out(papers: Papers, groups: list[set[Row]], bare: Sequence[Row]) -> set[Row]:
    """Put the rows that tell only a name where they belong; those that remain could be several customers'."""
    left = set(bare)
    linked: dict[Row, set[Row]] = {row: set() for row in bare}
    for row in (*bare, *(one for group in groups for one in group)):
        for other in papers.named_by(row):
            if row in linked:
                linked[row].add(other)
            if other in linked:
                linked[other].add(row)
    moved = True
    while moved:
        moved = False
        for row in sorted(left):
            homes = [group for group in groups if _same_name(papers, row, linked[row] & group)]
            if len(homes) == 1:
                homes[0].add(row)
                left.discard(row)
                moved = True
    known = {papers.marks(row).name for group in groups for row in group}
    for name in sorted({papers.marks(row).name for row in left} - known - {""}):
        groups += _by_place(papers, sorted(row for row in left if papers.marks(row).name == name), linked)
    placed = {row for group in groups for row in group}
    return {row for row in sorted(left - placed) if not _by_name(papers, groups, row)}


def _by_place(papers: Papers, rows: Sequence[Row], linked: Mapping[Row, Collection[Row]]) -> list[set[Row]]:
    """Rows of one name and nothing else that tells whose they are: those of one place together, and those whose papers name one another."""
    places = {row: _place(papers.record(row)) for row in rows}
    links = {row: [f"{min(row, other)} {max(row, other)}" for other in linked[row] if other in places] for row in rows}
    keys = joined_keys([(None, (*filter(None, [places[row]]), *links[row])) for row in rows])
    together: dict[str, set[Row]] = defaultdict(set)
    for row, key in zip(rows, keys, strict=True):
        together[key].add(row)
    apart = [group for key, group in together.items() if key and any(places[row] for row in group)]
    return apart if len(apart) > 1 else [set(rows)]


def _place(record: Record) -> str:
    """An address as it is compared: the number of the house and the first word of its street, the whole where it has no such number."""
    words = normal_name(str(record["address"] or "").replace(",", " ")).split()
    number = next((at for at, word in enumerate(words) if word[0].isdigit()), None)
    if number is None:
        return " ".join(words)
    street = next((word for word in words[number + 1 :] if word not in _WAYS), "")
    return f"{words[number]} {street}"


def _same_name(papers: Papers, row: Row, others: Iterable[Row]) -> bool:
    return any(papers.marks(other).name == papers.marks(row).name for other in others)


def _by_name(papers: Papers, groups: list[set[Row]], row: Row) -> bool:
    """Give a row to the only customer of its name, or begin a new one where nobody is called so."""
    name = papers.marks(row).name
    homes = [group for group in groups if any(papers.marks(other).name == name for other in group)]
    if not name or len(homes) > 1:
        return False
    if homes:
        homes[0].add(row)
    else:
        groups.append({row})
    return True


def _with_nameless(papers: Papers, group: set[Row]) -> None:
    """Add the payments, visits and changes that tell nothing but a paper of this customer, where that number is nobody else's too."""
    new = set(group)
    while new:
        found = {other for row in new for other in papers.naming(row)} - group
        new = {row for row in found if not papers.marks(row).strong and papers.named_by(row) <= group | found}
        group |= new


def _person(papers: Papers, group: set[Row], unclear: Collection[Row]) -> Person:
    names = {papers.marks(row).name for row in group}
    records: dict[str, list[Record]] = {}
    for row in sorted(group):
        records.setdefault(row.table, []).append(papers.record(row))
    return Person(frozenset(group), records, tuple(papers.record(row) for row in sorted(unclear) if papers.marks(row).name in names))
