"""Rows that have left the sheet though people were told of a visit: a person must tell them, or put the row back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from contractor_ops.planning.contacts import Contact, CustomerList, contact_of
from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.planning.gone_words import alarm, named, reason
from contractor_ops.planning.left import Left, left_of
from contractor_ops.planning.ready import Ready
from contractor_ops.planning.screen import LiveRow
from contractor_ops.planning.stand_ins import already_told, moved, renumbered
from contractor_ops.ports import Away, History, StepKey, Watched
from contractor_ops.ports.absent import GONE
from contractor_ops.recipe import Recipe
from contractor_ops.tables.record import Place, Table

SEEN_TO = "a person has seen to it"
_IS, _LIKE = "gone", "like"


@dataclass(slots=True)
class Gone:
    """What a plan says of rows that left: a decision about each, `seen` to remember, and the doubts about what came in their place."""

    decisions: list[Decision] = field(default_factory=list)
    seen: dict[tuple[str, str], Watched] = field(default_factory=dict)
    told_before: dict[StepKey, str] = field(default_factory=dict)

    def doubt(self, judged: Iterable[object]) -> None:
        """Whoever was told of the row that left hears of the one that came in its place only if a person says so."""
        for one in judged:
            if isinstance(one, Ready) and one.due.step.do == "message" and (why := self.told_before.get(one.key)):
                one.doubts.append(why)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The sheet that rows left: what is known of it, and who stands in it now."""

    recipe: Recipe
    table: Table
    name: str
    history: History
    live: Sequence[LiveRow]
    contacts: Mapping[int, Contact]
    now: datetime

    def look(self, away: Away, names: Mapping[str, str], found: Gone) -> None:
        """Put into `found` what is to be said of one row that left, if anything is. `names`: the technicians by number and address."""
        before = self.history.watched.get((away.record, GONE), Watched({}, {}, None))
        asked = before.told.get(_IS) == "yes"
        left = left_of(self.recipe, away, self.history, names, self.now, past=asked)
        settled = _is_settled(self.history, away.record, before)
        if left is None or (settled and left.is_over(self.now) and not away.tasks):
            return
        since = (before.changed_at if asked else None) or self.now
        rows = self._stand_ins(left, since, before.told.get(_LIKE, "").split("\n"), settled=settled)
        for row in rows:
            found.told_before |= dict(already_told(self.recipe, row, left, named(away.record), self.history, self.now))
        remembered = Watched(_remembered(rows), _remembered(rows), since, before.times)
        if not settled and remembered != before:
            found.seen[away.record, GONE] = remembered
        found.decisions.append(self._done(left, before.times) if settled else self._asked(left, before.times, rows))

    def _stand_ins(self, left: Left, since: datetime, asked: Collection[str], *, settled: bool) -> Sequence[LiveRow]:
        """Rows that may be the one that left. Once a person has answered, what comes at another time is another booking."""
        if rows := renumbered(self.live, self.contacts, left, self.history):
            return rows
        rows = moved(self.live, self.contacts, left, self.history, since, asked, self.now)
        return [row for row in rows if row.id in asked] if settled else rows

    def _asked(self, left: Left, times: int, likely: Sequence[LiveRow]) -> Decision:
        urgent = alarm(left, likely, self.name, self.now) if left.is_soon(self.now) else ""
        return replace(self._done(left, times), decision="review", reason=reason(left, likely, self.name, self.now), urgent=urgent)

    def _done(self, left: Left, times: int) -> Decision:
        away, known = left.away, self.history.known.get(left.away.record)
        place = Place(self.table.files[0] if self.table.files else self.name, None, None)
        return Decision(
            "done", away.record, None, SEEN_TO, self.table.name, place, away.customer, self.recipe.owner, anchor=str(times),
            customer_key=known.customer if known else "",
        )  # fmt: skip


def gone_of(
    recipe: Recipe, table: Table, away: Sequence[Away], history: History, live: Sequence[LiveRow], contacts: Mapping[int, Contact],
    technicians: Table | None, sheet: str, now: datetime,
) -> Gone:  # fmt: skip
    """Everything about rows that left. `sheet`: the table whose sheet they stood in."""
    found = Gone(seen=dict(_are_back(history, live)))
    names = _names(technicians) if away else {}
    look = _Sheet(recipe, table, sheet, history, live, contacts, now).look
    for one in away:
        look(one, names, found)
    return found


def settled_rows(plan: Plan) -> Set[str]:
    """The rows that left and that a person has seen to."""
    return {one.record for one in plan.eventful if one.step is None and one.decision == "done" and one.reason == SEEN_TO}


def _is_settled(history: History, record: str, before: Watched) -> bool:
    release = history.releases.get(StepKey(record, "", str(before.times)))
    return release is not None and release.state in {"dismissed", "done"}


def _are_back(history: History, live: Sequence[LiveRow]) -> Iterator[tuple[tuple[str, str], Watched]]:
    """Rows that had left and are there again: if they leave once more, that is news."""
    here = {row.id for row in live}
    for (record, step), known in history.watched.items():
        if step == GONE and record in here and known.told.get(_IS) == "yes":
            yield (record, step), Watched({_IS: ""}, {_IS: ""}, None, known.times + 1)


def _remembered(likely: Sequence[LiveRow]) -> Mapping[str, str]:
    ids = "\n".join(row.id for row in likely)
    return {_IS: "yes", _LIKE: ids} if ids else {_IS: "yes"}


def _names(technicians: Table | None) -> dict[str, str]:
    """Technicians by every number and address."""
    records = technicians.records if technicians else ()
    return {
        address: str(record["name"]) for record in records if record["name"] for address in contact_of(record, CustomerList()).addresses
    }
