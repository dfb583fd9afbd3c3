"""The last lines of a run: what was sent or would leave, what waits for people, and what to type next."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from contractor_ops.planning.decision import BY_HAND, Brake, Decision, Plan
from contractor_ops.ports import ReviewItem
from contractor_ops.reports.exception_report import IF_MEANT
from contractor_ops.reports.format import count, listed, moment, money
from contractor_ops.reports.needs_person import needs_person, put_off, review_numbers
from contractor_ops.reports.one_message import by_message, head, in_doubt
from contractor_ops.reports.written_back import written_back

_UNITS = {"sms": "text", "email": "e-mail", "task": "task", "draft-invoice": "draft invoice"}


def run_summary(plans: Sequence[Plan], outbox: Collection[str] = (), released: Iterable[ReviewItem] = ()) -> list[str]:
    """The lines to print after these plans' runs; a rehearsal's last line stands on its own.

    `outbox` names the channels whose messages only become files; `released` is what people have released and has not left.
    """
    rehearsed = [plan for plan in plans if not plan.sent]
    sent = [plan for plan in plans if plan.sent]
    after = [*(line for plan in sent for line in _after_send(plan, outbox)), *_by_hand(sent, outbox), *_held(sent, released)]
    return [*_sums(plans), *after, *written_back(plans), *(_rehearsal(rehearsed) if rehearsed else [])]


def _sums(plans: Sequence[Plan]) -> list[str]:
    """What a view adds up over its rows, such as the money at stake."""
    return [f"{plan.title}: {money(amount)} {name} in {count(plan.rows, 'row')}." for plan in plans for name, amount in plan.sums.items()]


# ── a rehearsal ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _rehearsal(plans: Sequence[Plan]) -> list[str]:
    """One line that says that nothing was sent, what would be, and what to type to release it."""
    free = [decision for plan in plans if not _braked(plan) and plan.mode != "rehearse" for decision in _leaving(plan)]
    messages, other = _things(_unit(one) for one in free if one.channel), _things(_unit(one) for one in free if _is_listed(one))
    quiet = sum(1 for one in free if _is_quiet(one))
    waiting = sum(_to_release(plan) for plan in plans if not _braked(plan))
    parts = [
        f"{messages} would leave" if messages else "",
        f"{other} would go on the list" if other else "",
        f"{count(quiet, 'step')} without a message would be done" if quiet else "",
        f"{count(waiting, 'message waits', 'messages wait')} for a person to release" if waiting else "",
    ]
    what = "; ".join(part for part in parts if part) or "nothing is due that could leave"
    return [" ".join([f"Nothing was sent, this was a rehearsal: {what}{_cost(plans)}.", *_what_to_type(plans)])]


def _cost(plans: Iterable[Plan]) -> str:
    """What the texts are billed as, those that wait for a person included, where the price is known."""
    texts = [
        one for plan in plans if not _braked(plan) for one in plan.unsettled if one.cost is not None and one.decision in {"act", "review"}
    ]
    if not texts:
        return ""
    return f" ({count(sum(one.segments for one in texts), 'text segment')}, about {money(sum((one.cost for one in texts if one.cost), Decimal(0)))})"


def _what_to_type(plans: Sequence[Plan]) -> list[str]:
    ready = [plan for plan in plans if not _braked(plan) and plan.mode != "rehearse"]
    looked_at = [plan for plan in ready if _to_release(plan)]
    to_send = [plan for plan in ready if _leaving(plan) or _to_release(plan)]
    words = [*(plan.recipe for plan in to_send), "--send", *_accepting(brake for plan in to_send for brake in plan.brakes)]
    sentences = []
    if looked_at:
        sentences.append("Read what waits: contractor-ops review list, then contractor-ops review approve NUMBER.")
    if to_send:
        sentences.append(f"{'Then send' if looked_at else 'To send'}: contractor-ops run {' '.join(words)}")
    return [*(_brake(plan) for plan in plans if _braked(plan)), *(_rehearse_only(plan) for plan in plans if _locked(plan)), *sentences]


def _locked(plan: Plan) -> bool:
    return plan.mode == "rehearse" and not _braked(plan) and bool(_leaving(plan) or _to_release(plan))


def _rehearse_only(plan: Plan) -> str:
    """A recipe whose own mode lets nothing leave."""
    would = _things([*map(_unit, _leaving(plan)), *["message to release"] * _to_release(plan)])
    return f'{would} of {plan.recipe} can leave only once its mode is changed: set mode = "approve" in recipes/{plan.recipe}.toml.'


def _brake(plan: Plan) -> str:
    """What stops it and what to do; how to lift all of its brakes, those that are lifted already included, comes last."""
    mended = [brake.remedy.partition(IF_MEANT)[0].strip() for brake in plan.brakes if brake.name not in plan.accepted]
    accept = f"{IF_MEANT} contractor-ops run {' '.join([plan.recipe, *_accepting(plan.brakes)])}"
    return " ".join([f"{plan.recipe} is stopped by {listed(_brake_names(plan))}.", *filter(None, mended), accept])


def _accepting(brakes: Iterable[Brake]) -> list[str]:
    """The options that lift these brakes."""
    return [f"--accept {name}" for name in dict.fromkeys(brake.name for brake in brakes)]


# ── after --send ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _after_send(plan: Plan, outbox: Collection[str]) -> list[str]:
    """How many went by which channel, how many did not, and how many things wait for people."""
    if _braked(plan):
        return [f"Nothing was sent: {_brake(plan)}"]
    if plan.mode == "rehearse":
        return [f"Nothing was sent. {_rehearse_only(plan)}" if _locked(plan) else f"{plan.title}: nothing is due that could leave."]
    outcomes = _messages(plan, "failed", "in_doubt")
    trouble = Counter(decision.outcome for decision in outcomes if decision.action != "draft-invoice")
    unwritten = sum(1 for decision in outcomes if decision.action == "draft-invoice")
    parts = [
        _sent(plan, outbox),
        f"{count(unwritten, 'draft')} could not be written" if unwritten else "",
        f"{count(trouble['failed'], 'message')} failed" if trouble["failed"] else "",
        f"{count(trouble['in_doubt'], 'message is', 'messages are')} in doubt" if trouble["in_doubt"] else "",
        _later(plan),
    ]
    waiting = sum(1 for decision in plan.unsettled if needs_person(decision))
    people = f"{count(waiting, 'row waits', 'rows wait')} for people: contractor-ops report" if waiting else "Nothing new waits for people."
    return [f"{plan.title}: {'; '.join(part for part in parts if part)}. {people}"]


def _sent(plan: Plan, outbox: Collection[str]) -> str:
    done = _messages(plan, "sent", "queued")
    sent = _things(_unit(one) for one in done if one.channel and one.channel not in outbox)
    written = _things(map(_unit, _written([plan], outbox)))
    other, quiet = _things(_unit(one) for one in done if _is_listed(one)), sum(1 for one in done if _is_quiet(one))
    messages = [f"{sent} sent"] * bool(sent) + [f"{written} written to outbox/"] * bool(written)
    listed_too = [f"{other} put on the list"] * bool(other) + [f"{count(quiet, 'step')} without a message done"] * bool(quiet)
    return "; ".join([*(messages or ["no message was sent"]), *listed_too])


def _is_quiet(one: Decision) -> bool:
    """Whether it is work that nobody gets: a record, a checklist, an entry for the calendar."""
    return not one.channel and one.action not in BY_HAND


def _is_listed(one: Decision) -> bool:
    return not one.channel and one.action in BY_HAND


def _written(plans: Sequence[Plan], outbox: Collection[str]) -> list[Decision]:
    return [one for plan in plans for one in _messages(plan, "sent", "queued") if one.channel in outbox]


def _by_hand(plans: Sequence[Plan], outbox: Collection[str]) -> list[str]:
    """What became a file has reached nobody."""
    written = _written(plans, outbox)
    if not written:
        return []
    was, it = ("was", "it") if len(written) == 1 else ("were", "them")
    return [f"{_things(map(_unit, written))} {was} written to outbox/: send {it} by hand, or set up a provider."]


def _held(plans: Sequence[Plan], released: Iterable[ReviewItem]) -> list[str]:
    """What would have left but for the hour or the day, and that it does not leave by itself."""
    free = review_numbers(released)
    held = [
        (plan.now, one.until, one.customer or "")
        for plan in plans
        for one in _once(decision for decision in plan.unsettled if decision.decision == "hold" and decision.channel)
        if not _braked(plan) and (plan.recipe, one.record, one.step or "", one.anchor) in free
    ]
    if not held:
        return []
    those = count(len(held), "released message is held", "released messages are held")
    times = [(until, now) for now, until, _ in held if until]
    resting = list(dict.fromkeys(name or "a customer without a name" for _, until, name in held if not until))
    lifted = f"until a person lifts it ({listed(resting)}): contractor-ops who NAME says why, and what to type."
    if not times:
        return [f"{those}, {lifted}"]
    first, now = min(times)
    more = "" if len(times) == len(held) and len(set(times)) == 1 else "the first "
    again = f"{those}, {more}until {moment(first, now)}: run the same command again then, or let cron do it."
    return [f"{again} {len(held) - len(times)} of them {lifted}" if resting else again]


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
    return len(
        _once(d for d in plan.unsettled if d.decision == "review" and d.body and d.channel and not put_off(d) and not in_doubt(d.reason))
    )


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
