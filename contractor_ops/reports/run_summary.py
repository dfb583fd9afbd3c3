"""The last lines of a run: what left or would leave, what waits for people, and what to type next."""

from collections import Counter
from collections.abc import Iterable, Sequence

from contractor_ops.planning.decision import Decision, Plan
from contractor_ops.reports.format import count, listed
from contractor_ops.reports.needs_person import needs_person
from contractor_ops.reports.one_message import by_message, head, in_doubt

_UNITS = {"sms": "text", "email": "e-mail", "task": "task"}


def run_summary(plans: Sequence[Plan], outbox: bool = False) -> list[str]:
    """The lines to print after these plans' runs; a rehearsal's last line stands on its own.

    `outbox`: every channel is the outbox, so that what was sent became files and nothing left this machine.
    """
    rehearsed = [plan for plan in plans if not plan.sent]
    sent = [plan for plan in plans if plan.sent]
    return [*(line for plan in sent for line in _after_send(plan, outbox)), *(_rehearsal(rehearsed) if rehearsed else [])]


# ── a rehearsal ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _rehearsal(plans: Sequence[Plan]) -> list[str]:
    """One line that says that nothing was sent, what would be, and what to type to release it."""
    free = [decision for plan in plans if not _braked(plan) and plan.mode != "rehearse" for decision in _leaving(plan)]
    messages, other = _things(_unit(one) for one in free if one.channel), _things(_unit(one) for one in free if not one.channel)
    waiting = sum(_to_release(plan) for plan in plans if not _braked(plan))
    parts = [
        f"{messages} would leave" if messages else "",
        f"{other} would go on the list" if other else "",
        f"{count(waiting, 'message waits', 'messages wait')} for a person to release" if waiting else "",
    ]
    what = "; ".join(part for part in parts if part) or "nothing is due that could leave"
    return [" ".join([f"Nothing was sent, this was a rehearsal: {what}.", *_what_to_type(plans)])]


def _what_to_type(plans: Sequence[Plan]) -> list[str]:
    ready = [plan for plan in plans if not _braked(plan) and plan.mode != "rehearse"]
    looked_at = [plan for plan in ready if _to_release(plan)]
    names = " ".join(plan.recipe for plan in ready if _leaving(plan) or _to_release(plan))
    sentences = []
    if looked_at:
        sentences.append("Read what waits: contractor-ops review list, then contractor-ops review approve NUMBER.")
    if names:
        sentences.append(f"{'Then send' if looked_at else 'To send'}: contractor-ops run {names} --send")
    return [*(_brake(plan) for plan in plans if _braked(plan)), *(_rehearse_only(plan) for plan in plans if _locked(plan)), *sentences]


def _locked(plan: Plan) -> bool:
    return plan.mode == "rehearse" and not _braked(plan) and bool(_leaving(plan) or _to_release(plan))


def _rehearse_only(plan: Plan) -> str:
    """A recipe whose own mode lets nothing leave."""
    would = _things([*map(_unit, _leaving(plan)), *["message to release"] * _to_release(plan)])
    return f'{would} of {plan.recipe} can leave only once its mode is changed: set mode = "approve" in recipes/{plan.recipe}.toml.'


def _brake(plan: Plan) -> str:
    remedies = " ".join(brake.remedy for brake in plan.brakes if brake.name not in plan.accepted)
    return f"{plan.recipe} is stopped by {listed(_brake_names(plan))}. {remedies}".strip()


# ── after --send ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _after_send(plan: Plan, outbox: bool) -> list[str]:
    """How many left by which channel, how many did not, and how many things wait for people."""
    if _braked(plan):
        return [f"Nothing was sent: {_brake(plan)}"]
    if plan.mode == "rehearse":
        return [f"Nothing was sent. {_rehearse_only(plan)}" if _locked(plan) else f"{plan.title}: nothing is due that could leave."]
    outcomes = _messages(plan, "failed", "in_doubt")
    trouble = Counter(decision.outcome for decision in outcomes)
    parts = [
        _left(plan, outbox),
        f"{count(trouble['failed'], 'message')} failed" if trouble["failed"] else "",
        f"{count(trouble['in_doubt'], 'message is', 'messages are')} in doubt" if trouble["in_doubt"] else "",
        _later(plan),
    ]
    waiting = sum(1 for decision in plan.unsettled if needs_person(decision))
    people = f"{count(waiting, 'row waits', 'rows wait')} for people: contractor-ops report" if waiting else "Nothing waits for people."
    return [f"{plan.title}: {'; '.join(part for part in parts if part)}. {people}"]


def _left(plan: Plan, outbox: bool) -> str:
    done = _messages(plan, "sent", "queued")
    messages, other = _things(_unit(one) for one in done if one.channel), _things(_unit(one) for one in done if not one.channel)
    left = f"{messages} written to outbox/, nothing left this machine" if outbox else f"{messages} left"
    return "; ".join([left if messages else "no message left", *([f"{other} put on the list"] if other else [])])


def _later(plan: Plan) -> str:
    later = _once(d for d in plan.unsettled if d.decision == "act" and d.channel and d.outcome is None)
    return f"{count(len(later), 'message')} could not leave now and will be tried at the next run" if later else ""


# ── what both are told from ──────────────────────────────────────────────────────────────────────────────────────────


def _braked(plan: Plan) -> bool:
    return bool(_brake_names(plan))


def _brake_names(plan: Plan) -> list[str]:
    return [brake.name for brake in plan.brakes if brake.name not in plan.accepted]


def _leaving(plan: Plan) -> list[Decision]:
    """One decision for each thing that would be done."""
    return _once(d for d in plan.unsettled if d.decision == "act")


def _to_release(plan: Plan) -> int:
    return len(_once(d for d in plan.unsettled if d.decision == "review" and d.body and d.channel and not in_doubt(d.reason)))


def _messages(plan: Plan, *outcomes: str) -> list[Decision]:
    return _once(d for d in plan.unsettled if d.outcome in outcomes)


def _once(decisions: Iterable[Decision]) -> list[Decision]:
    """One decision for each message, whichever number of rows it settles."""
    return [head(covered) for covered in by_message(decisions)]


def _unit(decision: Decision) -> str:
    name = decision.channel or decision.action or ""
    return _UNITS.get(name, f"{name} step".strip())


def _things(units: Iterable[str]) -> str:
    """Write a number of each: "3 texts, 1 e-mail and 2 tasks"; nothing for none."""
    return listed([count(number, unit) for unit, number in Counter(units).items()])
