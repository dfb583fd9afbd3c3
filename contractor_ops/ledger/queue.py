"""What people do with the queue besides deciding: giving items to each other, and taking back; and what happened to the items."""

from datetime import datetime

from contractor_ops.ledger.connection import Connection, to_moment, to_text
from contractor_ops.ledger.reviews import assign, change, items_where, refuse_closed, state_of
from contractor_ops.ports import ReviewChange, ReviewItem

_LIVE = "recipe = ? AND key = ? AND (kind = 'task') = ? AND state IN ('open', 'approved', 'dismissed') AND id <> ?"


def assign_review(connection: Connection, item: int, owner: str | None, at: datetime) -> None:
    """Give an item to a person, or back to whom the recipe names. Raises UnknownName where there is none, or it is closed."""
    with connection.writing():
        refuse_closed(item, state_of(connection, item))
        assign(connection, item, owner, at)


def restore_review(connection: Connection, before: ReviewItem, after: ReviewItem, at: datetime) -> bool:
    """Make what people said of an item what it was; False where it is not what their decision left, or another has taken its place."""
    with connection.writing():
        found = items_where(connection, "id = ?", (before.id,))
        if not found or _said(found[0]) != _said(after) or _replaced(connection, before):
            return False
        if before.state != after.state:
            change(connection, before.id, before.state, at)
        if (before.assigned, before.assigned_at) != (after.assigned, after.assigned_at):
            assign(connection, before.id, before.assigned, before.assigned_at or at)
        values = (before.until.isoformat() if before.until else None, before.note, before.edited, before.id)
        connection.run("UPDATE reviews SET until = ?, note = ?, edited = ? WHERE id = ?", values)
    return True


def review_changes(connection: Connection, since: datetime) -> list[ReviewChange]:
    """What became of items after a moment, each with the state that it was in before."""
    sql = """
        SELECT review_id, before, state, at
        FROM (SELECT id, review_id, lag(state) OVER (PARTITION BY review_id ORDER BY id) AS before, state, at FROM review_history)
        WHERE at > ? ORDER BY id"""
    return [ReviewChange(item, before, state, to_moment(at)) for item, before, state, at in connection.rows(sql, (to_text(since),))]


def _said(item: ReviewItem) -> tuple[object, ...]:
    """All that people say of an item; what runs say of it may have been brought up to date meanwhile."""
    return item.state, item.until, item.note, item.edited, item.assigned


def _replaced(connection: Connection, item: ReviewItem) -> bool:
    """Whether another item stands for the same: this one was done or gone, and a run has found the row again."""
    return connection.row(f"SELECT 1 FROM reviews WHERE {_LIVE}", (item.recipe, item.key, item.kind == "task", item.id)) is not None  # noqa: S608
