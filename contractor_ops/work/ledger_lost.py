"""Whether a ledger that knows of no message stands where messages have left: then it was deleted, and everybody would be written to again."""

from collections.abc import Iterator

from contractor_ops.errors import Exit
from contractor_ops.office import Office
from contractor_ops.office_traces import messages_in_copy, unknown_messages
from contractor_ops.planning.brakes import LEDGER_NEW
from contractor_ops.planning.phrases import count
from contractor_ops.work.own_messages import CHECK, DIGEST, INBOX

_NO_RECIPES = frozenset({INBOX, DIGEST, CHECK, "watch", "write-back"})
_LOOKED_AT = 20


def lost_ledger(office: Office) -> str:
    """What tells that the office has sent before, where the ledger knows of no run that sent; "" where all is as it should be.

    To be asked before a run takes its lock: the lock of an earlier run is a trace.
    """
    if office.ledger.recipes_seen():
        return ""
    locked = _locked(office)
    runs = {key: office.ledger.runs(key, _LOOKED_AT, sent=True) for key in {*locked, *office.recipe_files()} - _NO_RECIPES}
    ends = [run.end for known in runs.values() for run in known if run.end is not None]
    if any(end.exit_code in {Exit.DONE, Exit.SOME_FAILED} or LEDGER_NEW in end.accepted for end in ends):
        return ""
    unheard_of = [key for key in sorted(locked) if all(run.end is not None and LEDGER_NEW in run.end.brakes for run in runs[key])]
    copies = [f"its copy {name} knows of {count(left, 'message')}" for name, left in _copies(office)]
    ran = [f"{', '.join(unheard_of)} ran with --send before"] if unheard_of else []
    return "; ".join((*_outbox(office), *copies[:1], *ran))


def put_back(office: Office) -> str:
    """What to do where the ledger was lost."""
    file, newest = office.ledger_file.name, next((copy for copy, _ in _copies(office)), None)
    where = f"copy {newest} to {file}" if newest else f"look for {file} in the trash and in the backups of this machine"
    return (
        f"Put it back and send nothing before: {where}. If you mean to begin anew: contractor-ops run RECIPE --send --accept {LEDGER_NEW}"
    )


def _locked(office: Office) -> set[str]:
    """The recipes that have ever run with --send here: each leaves a lock file beside the ledger."""
    file = office.ledger_file
    found = (one.name.removeprefix(f"{file.name}.").removesuffix(".lock") for one in file.parent.glob(f"{file.name}.*.lock"))
    return set(found) - _NO_RECIPES


def _outbox(office: Office) -> Iterator[str]:
    """Messages in outbox/ of which the ledger does not know."""
    ids = [one.message_id for one in office.ledger.messages()]
    if unknown := unknown_messages(office.folder / "outbox", ids):
        yield f"outbox/ holds {count(unknown, 'message')} that it does not know"


def _copies(office: Office) -> Iterator[tuple[str, int]]:
    """The copies that know of messages, each with how many, the newest first."""
    copies = {*office.folder.glob("ledger-*.db"), *(office.folder / "backups").glob("ledger*.db")}
    for file in sorted(copies, key=lambda one: one.stat().st_mtime, reverse=True):
        if left := messages_in_copy(file):
            yield file.relative_to(office.folder).as_posix(), left
