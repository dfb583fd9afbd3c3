"""What each command is for, in one line and one example: what `--help` teaches somebody new."""

from collections.abc import Mapping
from typing import NamedTuple


class Taught(NamedTuple):
    """A line for the list of commands, no wider than a narrow window, and a line to type."""

    brief: str
    example: str


GROUPS: Mapping[str, Mapping[str, Taught]] = {
    "Begin": {
        "demo": Taught("Make a sample office, to look around without a risk", "demo"),
        "init": Taught("Make an office of a folder of spreadsheets", "init my-office"),
        "check": Taught("Find what would stop or spoil a run, before it runs", "check"),
        "secret": Taught("Keep a password or key, typed without showing it", "secret SMTP_PASSWORD"),
        "scorecard": Taught("See where the office leaks money, and what to begin with", "scorecard my-office"),
        "simulate": Taught("Let the clock run ahead and see what a recipe would do", "simulate booking-trail --days 60 --staged"),
    },
    "Every day": {
        "run": Taught("Rehearse recipes; with --send the messages leave", "run estimate-follow-up"),
        "inbox": Taught("Fetch answers, and what did not arrive", "inbox"),
        "review": Taught("Go through what waits for a person, and release it", "review"),
        "report": Taught("Show what needs a person, the most urgent first", "report --call-list"),
        "digest": Taught("The owner's summary, on the screen or by e-mail", "digest --weekly"),
    },
    "Look something up": {
        "who": Taught("Everything about the customer on the line", 'who "(312) 555-0102"'),
        "why": Taught("Why one row gets a message, or none", "why estimates E-1043"),
        "trail": Taught("Where a booking stands: done, due, waiting, left out", "trail J-5129"),
        "read": Taught("Show a table as it was understood", "read estimates --explain"),
        "budget": Taught("A job's contract, bills, costs, and what is left", "budget J-2031"),
        "notes": Taught("Job notes, cleaned for customers", "notes clean J-2031"),
    },
    "Stop messages, and let them go on": {
        "optout": Taught("No more messages to an address, for good", "optout ann@li.example"),
        "pause": Taught("No messages to a customer until a day", 'pause "Ann Li" --until 2026-12-01'),
        "resume": Taught("Let the messages go on after a pause or an answer", 'resume "Ann Li"'),
        "skip": Taught("Leave one row out of a recipe", "skip estimate-follow-up E-1043"),
    },
    "By itself": {
        "cron": Taught("The office's schedule: show it, or put it in", "cron --install"),
        "watch": Taught("Keep the schedule in this window, where there is no cron", "watch"),
    },
    "For the engineer": {
        "ledger": Taught("What was sent and settled: history, copies, repairs", "ledger verify"),
        "tables": Taught("Every table, its columns, and the headings that it knows", "tables invoices"),
        "schema": Taught("The JSON Schema of what other programs read", "schema run"),
    },
}
"""In the order in which somebody new meets them."""
UNDER: Mapping[str, Mapping[str, Taught]] = {
    "inbox": {"classify": Taught("Say what answers would be taken for, and keep nothing", "inbox classify answers.txt")},
    "review": {
        "list": Taught("List what waits, by number", "review list --owner dana"),
        "show": Taught("Show one item whole, with the words that would go out", "review show 14"),
        "approve": Taught("Release messages: they leave at the next run --send", "review approve 14 16-18"),
        "edit": Taught("Change the words of one message", 'review edit 14 --text "Hi Ann, any questions?"'),
        "dismiss": Taught("Settle items without a message", 'review dismiss 14 --because "She wants to wait"'),
        "done": Taught("Tick off what you have done by hand", "review done 14"),
        "snooze": Taught("Put items aside until a day", "review snooze 14 --until fri"),
        "reopen": Taught("Take back what you decided", "review reopen 14"),
        "assign": Taught("Give items to a person", "review assign 14 --to lou"),
        "call": Taught("Note what a call brought", "review call 14 --outcome voicemail"),
    },
    "notes": {"clean": Taught("A note as it was written, and as a customer may read it", "notes clean --all")},
    "ledger": {
        "history": Taught("List every entry, the oldest first", "ledger history --recipe estimate-follow-up"),
        "export": Taught("Write every entry out, as CSV", "ledger export > entries.csv"),
        "backup": Taught("Make a copy, also while runs are under way", "ledger backup copy.db"),
        "verify": Taught("See whether the ledger is whole", "ledger verify"),
    },
    "schema": {"run": Taught("What `run RECIPE --format json` prints", "schema run")},
}
COMMANDS: Mapping[str, Taught] = {name: taught for group in GROUPS.values() for name, taught in group.items()}
