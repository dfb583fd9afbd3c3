"""The review queue: what a person must look at, what they said, and how it keeps step with the rows."""
# ruff: noqa: S608 - the SQL put together here is all our own; values are always handed over apart

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contractor_ops.errors import UnknownName
from contractor_ops.ledger.connection import Connection, Row, to_moment, to_text, with_places
from contractor_ops.ports import ReviewItem, ReviewMember, ReviewState, StepKey
from contractor_ops.tables.record import Place

_COLUMNS = (
    "recipe, key, kind, table_name, owner, reason, customer, amount, "
    "channel, address, subject, body, due, state, created_at, until, note, edited"
)
_ASSIGNED = (
    "(SELECT owner FROM assignments WHERE review_id = reviews.id ORDER BY id DESC LIMIT 1), "
    "(SELECT at FROM assignments WHERE review_id = reviews.id ORDER BY id DESC LIMIT 1)"
)
_STANDING = "recipe = ? AND kind <> 'task' AND state IN ('open', 'approved', 'dismissed')"
_ON_THE_LIST = "recipe = ? AND key = ? AND kind = 'task' AND state IN ('open', 'approved')"
_CLOSED = ("done", "gone")
LARGEST_ID = 2**63 - 1
_HOW_TO_LIST = "`contractor-ops review list` shows those that wait."


def sync_reviews(connection: Connection, recipe: str, items: Sequence[ReviewItem], at: datetime) -> None:
    """Make the recipe's queue what its last run says it is; tasks are left alone.

    An item whose key is not waiting already is new, also where it was there before and is done or gone. What nobody has to look at any
    more is gone. What stays is brought up to date as `_carry_over` says.
    """
    with connection.writing(durable=False):
        standing = {item.key: item for item in items_where(connection, _STANDING, (recipe,))}
        for key, item in {item.key: item for item in items}.items():
            old = standing.pop(key, None)
            if old is not None and old.state == "open" and old.kind == "message" and _all_shown(old) != _all_shown(item):
                # Its number may stand on somebody's notepad: it must not release what nobody has read.
                change(connection, old.id, "gone", at)
                number = _insert(connection, replace(item, recipe=recipe), at)
                if old.assigned and old.assigned_at:
                    assign(connection, number, old.assigned, old.assigned_at)
            elif old is None:
                _insert(connection, replace(item, recipe=recipe), at)
            else:
                _update(connection, old, _carry_over(old, replace(item, recipe=recipe)), at)
        for left in standing.values():
            if left.state != "dismissed":
                change(connection, left.id, "gone", at)


def _carry_over(old: ReviewItem, new: ReviewItem) -> ReviewItem:
    """The item as it is now, with what a person said of it for as long as that holds.

    An approval, a snooze and a person's own words hold for the very rows and words that were shown; a dismissal for the rows, whatever the
    words, as these may count days.
    """
    kept = _keep(old, new)
    shown = _rows_shown if old.state == "dismissed" else _all_shown
    if shown(old) == shown(new):
        return kept
    note = old.note if old.state == "open" else f"changed since it was {old.state}"
    return replace(kept, state="open", until=None, edited=None, note=note)


def _keep(old: ReviewItem, new: ReviewItem) -> ReviewItem:
    """The new item under the old one's number, with all that a person said of it."""
    said = replace(new, id=old.id, state=old.state, created_at=old.created_at, until=old.until, note=old.note, edited=old.edited)
    return replace(said, assigned=old.assigned, assigned_at=old.assigned_at)


def _rows_shown(item: ReviewItem) -> set[tuple[StepKey, str]]:
    return {(member.key, member.row_hash) for member in item.members}


def _all_shown(item: ReviewItem) -> set[tuple[StepKey, str, str]]:
    return {(member.key, member.row_hash, member.words_hash) for member in item.members}


def add_task(connection: Connection, item: ReviewItem, at: datetime) -> int:
    """Put a task on the list; its number. One with the same key that is on the list already is brought up to date."""
    with connection.writing(durable=False):
        waiting = items_where(connection, _ON_THE_LIST, (item.recipe, item.key))
        if not waiting:
            return _insert(connection, replace(item, kind="task"), at)
        [old] = waiting
        _update(connection, old, _keep(old, replace(item, kind="task")), at)
        return old.id


def reviews(connection: Connection, states: Sequence[ReviewState]) -> list[ReviewItem]:
    """The items in these states: by when they are due, those without a day last, then by number."""
    with connection.reading():
        return items_where(connection, with_places("state IN (these)", len(states)), states)


def review(connection: Connection, item: int) -> ReviewItem | None:
    """One item by its number."""
    if not 0 < item <= LARGEST_ID:
        return None
    with connection.reading():
        found = items_where(connection, "id = ?", (item,))
    return found[0] if found else None


def decide_review(connection: Connection, item: int, state: ReviewState, at: datetime, note: str, until: date | None) -> None:
    """Record what a person said of an item, or that it is done. Raises UnknownName where there is none, or it is closed already."""
    sql = "UPDATE reviews SET until = ?, note = coalesce(nullif(?, ''), note) WHERE id = ?"
    with connection.writing(durable=state not in _CLOSED):
        before = state_of(connection, item)
        if state not in _CLOSED:
            refuse_closed(item, before)
        change(connection, item, state, at)
        connection.run(sql, (until.isoformat() if until else None, note, item))


def edit_review(connection: Connection, item: int, body: str, at: datetime) -> None:
    """Put a person's own words in place of the message's. Raises UnknownName as `decide_review` does."""
    with connection.writing():
        state = state_of(connection, item)
        refuse_closed(item, state)
        change(connection, item, "open" if state == "approved" else state, at)
        connection.run("UPDATE reviews SET edited = ? WHERE id = ?", (body, item))


def state_of(connection: Connection, item: int) -> ReviewState:
    """Where an item stands. Raises UnknownName where there is none."""
    found = connection.row("SELECT state FROM reviews WHERE id = ?", (item,)) if 0 < item <= LARGEST_ID else None
    if found is None:
        raise UnknownName(f"There is no review item {item}.", _HOW_TO_LIST)
    state: ReviewState = found[0]
    return state


def refuse_closed(item: int, state: ReviewState) -> None:
    """Raise UnknownName for an item that is done or gone."""
    if state in _CLOSED:
        happened = "it has been done" if state == "done" else "it is no longer due, or its row has changed"
        raise UnknownName(f"Review item {item} is closed: {happened}.", _HOW_TO_LIST)


def change(connection: Connection, item: int, state: ReviewState, at: datetime) -> None:
    """Bring an item to a state, and remember that."""
    connection.run("UPDATE reviews SET state = ? WHERE id = ?", (state, item))
    connection.run("INSERT INTO review_history (review_id, state, at) VALUES (?, ?, ?)", (item, state, to_text(at)))


def _insert(connection: Connection, item: ReviewItem, at: datetime) -> int:
    new = replace(item, state="open", created_at=at, edited=None)
    values = _values(new)
    sql = f"INSERT INTO reviews ({_COLUMNS}) VALUES ({', '.join('?' * len(values))}) RETURNING id"
    [(number,)] = connection.rows(sql, values)
    _write_members(connection, number, item)
    connection.run("INSERT INTO review_history (review_id, state, at) VALUES (?, 'open', ?)", (number, to_text(at)))
    return int(number)


def _update(connection: Connection, old: ReviewItem, new: ReviewItem, at: datetime) -> None:
    """Write what differs: most items are the same from one run to the next."""
    if new == old:
        return
    sql = f"UPDATE reviews SET {', '.join(f'{column} = ?' for column in _COLUMNS.split(', '))} WHERE id = ?"
    connection.run(sql, (*_values(new), old.id))
    if new.members != old.members:
        connection.run("DELETE FROM review_members WHERE review_id = ?", (old.id,))
        _write_members(connection, old.id, new)
    if new.state != old.state:
        connection.run("INSERT INTO review_history (review_id, state, at) VALUES (?, ?, ?)", (old.id, new.state, to_text(at)))


def _write_members(connection: Connection, number: int, item: ReviewItem) -> None:
    sql = """
        INSERT INTO review_members (review_id, position, recipe, record, step, anchor, row_hash, words_hash,
                                    file, sheet, sheet_row, customer, amount, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    for position, one in enumerate(item.members):
        key, place = (one.key.record, one.key.step, one.key.anchor), (one.place.file, one.place.sheet, one.place.row)
        shown = (one.row_hash, one.words_hash, *place, one.customer, _amount(one.amount), one.body)
        connection.run(sql, (number, position, item.recipe, *key, *shown))


def _values(item: ReviewItem) -> tuple[Any, ...]:
    """An item's values in the order of `_COLUMNS`."""
    said = (item.state, _moment(item.created_at), item.until.isoformat() if item.until else None, item.note, item.edited)
    message = (item.channel, item.to, item.subject, item.body)
    about = (item.recipe, item.key, item.kind, item.table, item.owner, item.reason, item.customer, _amount(item.amount))
    return (*about, *message, _moment(item.due), *said)


def _moment(moment: datetime | None) -> str | None:
    return to_text(moment) if moment else None


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def assign(connection: Connection, item: int, owner: str | None, at: datetime) -> None:
    """Give an item to a person from that moment on, or back."""
    connection.run("INSERT INTO assignments (review_id, owner, at) VALUES (?, ?, ?)", (item, owner, to_text(at)))


def items_where(connection: Connection, condition: str, values: Sequence[Any]) -> list[ReviewItem]:
    """The items that a condition holds for, urgent ones first."""
    sql = f"SELECT id, {_COLUMNS}, {_ASSIGNED} FROM reviews WHERE {condition} ORDER BY key NOT LIKE 'urgent/%', due IS NULL, due, id"
    found = connection.rows(sql, values)
    members = _members(connection, [row[0] for row in found])
    return [_item(row, tuple(members[row[0]])) for row in found]


def _members(connection: Connection, items: Sequence[int]) -> dict[int, list[ReviewMember]]:
    """The members of these items, in the order they were given."""
    members: dict[int, list[ReviewMember]] = defaultdict(list)
    sql = """
        SELECT review_id, record, step, anchor, row_hash, words_hash, file, sheet, sheet_row, customer, amount, body
        FROM review_members WHERE review_id IN (these) ORDER BY review_id, position"""
    for number, record, step, anchor, row_hash, words_hash, file, sheet, row, customer, amount, body in connection.among(sql, [], items):
        key, place = StepKey(record, step, anchor), Place(file, sheet, row)
        members[number].append(ReviewMember(key, row_hash, words_hash, place, customer, None if amount is None else Decimal(amount), body))
    return members


def _item(row: Row, members: tuple[ReviewMember, ...]) -> ReviewItem:
    (
        number,
        recipe,
        key,
        kind,
        table,
        owner,
        reason,
        customer,
        amount,
        *message,
        due,
        state,
        created_at,
        until,
        note,
        edited,
        assigned,
        since,
    ) = row
    channel, to, subject, body = message
    return ReviewItem(
        recipe=recipe, key=key, kind=kind, owner=assigned or owner, reason=reason, members=members, customer=customer,
        amount=None if amount is None else Decimal(amount), channel=channel, to=to, subject=subject, body=body,
        due=to_moment(due) if due else None, table=table, id=number, state=state, created_at=to_moment(created_at),
        until=date.fromisoformat(until) if until else None, note=note, edited=edited,
        assigned=assigned, assigned_at=to_moment(since) if assigned else None,
    )  # fmt: skip
