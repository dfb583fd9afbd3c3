"""`contractor-ops review`: the queue of things that a person must look at."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from contractor_ops.cli import review_people
from contractor_ops.cli.complete import people_names
from contractor_ops.cli.options import Desk, Format, FormatOption, NowOption, OfficeOption, open_desk
from contractor_ops.cli.review_shared import Item, Items, day_typed, each, numbers_typed
from contractor_ops.errors import TypedWrong

if TYPE_CHECKING:
    from contractor_ops.ports import ReviewItem

app = typer.Typer(
    help="The queue of things that a person must look at. Alone on a terminal: one by one, a key each.", no_args_is_help=False
)
app.command()(review_people.assign)
app.command()(review_people.call)


OwnerOption = Annotated[
    str | None,
    typer.Option("--owner", help="Only what this person should look at, by key, name or first name.", autocompletion=people_names),
]


@app.callback(invoke_without_command=True)
def review(ctx: typer.Context, owner: OwnerOption = None, office: OfficeOption = None, now: NowOption = None) -> None:
    """The queue of things that a person must look at; on a terminal one by one, a key for each decision, elsewhere listed."""
    if ctx.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        list_items(ctx, owner, False, Format.table, office, now)
        return
    from contractor_ops.cli.review_one_by_one import one_by_one

    one_by_one(open_desk(ctx, office, now), owner)


@app.command("list")
def list_items(
    ctx: typer.Context,
    owner: OwnerOption = None,
    all_: Annotated[bool, typer.Option("--all", help="Released, dismissed and finished ones too.")] = False,
    format: FormatOption = Format.table,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """List what waits, by number."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import print_csv, print_json, print_json_lines, say_wrapped
    from contractor_ops.reports.queue_view import QUEUE_COLUMNS, Turn, queue_json, queue_lines
    from contractor_ops.work.review import reason_of, to_mend, turn_of, waiting, why_theirs
    from contractor_ops.work.review_lapsed import lapsed_reasons
    from contractor_ops.work.review_rehearsed import only_rehearsed
    from contractor_ops.work.review_story import Stories

    items = waiting(desk.office, desk.now, owner, everything=all_)
    lapsed = lapsed_reasons(desk.office, items)
    stories = Stories(desk.office, desk.now)
    turns = {
        item.id: Turn(
            turn_of(desk.office, item, desk.now), why_theirs(desk.office, item, desk.now), lapsed.get(item.id, ""),
            reason_of(desk.office, item, desk.now), stories.goes_by(item),
        )
        for item in items
    }  # fmt: skip
    rows = [queue_json(item, turns[item.id].key) for item in items]
    if format is Format.json:
        print_json(rows)
    elif format is Format.jsonl:
        print_json_lines(rows)
    elif format is Format.csv:
        print_csv(rows, QUEUE_COLUMNS)
    else:
        trails = {recipe.key for recipe in desk.office.recipes() if recipe.shape == "trail"}
        for line in queue_lines(items, desk.office.config.people, desk.now, turns, trails):
            say_wrapped(line)
        if spoilt := to_mend(desk.office):
            say_wrapped(spoilt)
        if untold := only_rehearsed(desk.office):
            say_wrapped(untold)


@app.command()
def show(ctx: typer.Context, typed: Items, format: FormatOption = Format.table, office: OfficeOption = None, now: NowOption = None) -> None:
    """Show items whole: why each is here, the row it comes from, and the words that would go out."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.output import print_json, say_wrapped
    from contractor_ops.reports.queue_view import queue_json
    from contractor_ops.work.review import item, turn_of
    from contractor_ops.work.review_story import Stories
    from contractor_ops.work.review_whole import whole_item

    found = [item(desk.office, number) for number in numbers_typed(desk, typed)]
    if format is not Format.table:
        told = [queue_json(one, turn_of(desk.office, one, desk.now)) for one in found]
        print_json(told if len(told) > 1 else told[0])
        return
    stories = Stories(desk.office, desk.now)
    for place, one in enumerate(found):
        for line in ["", *whole_item(stories, one)] if place else whole_item(stories, one):
            say_wrapped(line)


@app.command()
def approve(ctx: typer.Context, typed: Items, office: OfficeOption = None, now: NowOption = None) -> None:
    """Release messages: they leave at the next `run --send`, if the row and the words are still those that you saw."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.work.review import approve as approve_item
    from contractor_ops.work.review_held import released
    from contractor_ops.work.review_story import Stories

    stories = Stories(desk.office, desk.now)
    decide, said = lambda number: approve_item(desk.office, number, desk.clock()), lambda found: released(stories, found)
    each(desk, typed, decide, said, ends=True, releases=True)


@app.command()
def dismiss(
    ctx: typer.Context,
    typed: Items,
    because: Annotated[str, typer.Option("--because", help="The reason, in your words.")] = "",
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Settle items without a message: this step is not done for these rows, and the recipe goes on with its next one."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.work.review import dismiss as dismiss_item

    each(
        desk,
        typed,
        lambda number: dismiss_item(desk.office, number, desk.clock(), because),
        lambda found: _settled(desk, found, "dismissed"),
        ends=True,
    )


@app.command()
def done(
    ctx: typer.Context,
    typed: Items,
    because: Annotated[str, typer.Option("--because", help="What was done, in your words; an urgent item needs them.")] = "",
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Tick off tasks, and messages that you have sent or told by hand."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.work.review import done as done_item

    each(
        desk,
        typed,
        lambda number: done_item(desk.office, number, desk.clock(), because),
        lambda found: _settled(desk, found, "done"),
        ends=True,
        ticks=True,
    )


@app.command()
def reopen(ctx: typer.Context, typed: Items, office: OfficeOption = None, now: NowOption = None) -> None:
    """Take back a release, a dismissal or a snooze: the items wait for a person again."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.work.review import reopen as reopen_item
    from contractor_ops.work.review_held import reopened
    from contractor_ops.work.review_story import Stories

    stories = Stories(desk.office, desk.now)
    each(desk, typed, lambda number: reopen_item(desk.office, number, desk.clock()), lambda found: reopened(stories, found))


@app.command()
def snooze(
    ctx: typer.Context,
    typed: Items,
    until: Annotated[str, typer.Option("--until", metavar="DAY", help='Until when, like "fri", "dec 1", "+3" or "2026-12-01".')],
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Put items aside until a day."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.work.review import snooze as snooze_item

    day = day_typed(until, desk)
    each(desk, typed, lambda number: snooze_item(desk.office, number, desk.clock(), day), lambda _: f"snoozed until {day.isoformat()}")


@app.command()
def edit(
    ctx: typer.Context,
    number: Item,
    text: Annotated[str | None, typer.Option("--text", help="The words to send instead. Without it your editor opens.")] = None,
    office: OfficeOption = None,
    now: NowOption = None,
) -> None:
    """Change the words of one message. It still has to be released with `review approve`."""
    desk = open_desk(ctx, office, now)
    from contractor_ops.cli.editor import edited
    from contractor_ops.cli.output import say
    from contractor_ops.work.review import edit as edit_item
    from contractor_ops.work.review import item

    found = item(desk.office, number)
    words = text if text is not None else edited(found.edited or found.body or "", number)
    if not words.strip():
        raise TypedWrong("Nothing was changed: there are no words.", 'Give them with --text "…", or set EDITOR to an editor.')
    edit_item(desk.office, number, words.strip(), desk.clock())
    say(f"{number} has new words. Release it with: contractor-ops review approve {number}")


def _settled(desk: Desk, item: "ReviewItem", how: str) -> str:
    """What is settled, and that it is this step only."""
    from contractor_ops.work.review import recipe_name
    from contractor_ops.work.review_twin import asks_still

    if item.kind == "task":
        return f"{how}{asks_still(desk.office, item) if how == 'done' else ''}"
    if not item.members[0].key.step:  # a row that left the sheet
        return f"{how}; its open tasks leave the list at the next run"
    recipe = recipe_name(desk.office, item)
    record = item.members[0].key.record if len({member.key.record for member in item.members}) == 1 else "RECORD"
    return f"{how}; the recipe goes on with its next step. To end it for good: contractor-ops skip {recipe} {record}"
