"""What Twilio says of the office's account and of what its texts leave from: which kind of number, and whether US carriers let it through."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from contractor_ops.clients.twilio_account import AccountSeen, NumberClass, SenderSeen, TwilioAccount
from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import Office
from contractor_ops.office_channels import check_channel, twilio_settings
from contractor_ops.ports import ChannelDown
from contractor_ops.reports.format import phone
from contractor_ops.work.check_clock import clock_findings
from contractor_ops.work.check_finding import Finding, Level

LONGEST = 10.0
"""Seconds that `check` waits for each answer, however long the office lets a message wait."""
_CONSOLE = "console.twilio.com"
_KINDS: dict[NumberClass, str] = {
    "local": "a local number", "toll-free": "a toll-free number", "short code": "a short code", "foreign": "a number from outside North America",
}  # fmt: skip
_WHERE = {"local": "Messaging, Regulatory compliance, A2P 10DLC", "toll-free": "Phone numbers, Toll-free verification"}


def look_at_texting(office: Office) -> Iterator[Finding]:
    """What a look at the account brings; one that fails is a warning, because a message may leave all the same."""
    part: Any = check_channel("sms", office.config)
    try:
        settings = twilio_settings(part, office.folder)
    except ContractorOpsError as error:
        yield Finding("error", "sms", error.message, error.remedy)
        return
    account = TwilioAccount(replace(settings, timeout=min(settings.timeout, LONGEST)))
    try:
        seen = account.look()
    except ChannelDown as down:
        yield Finding("warning", "sms", f"what texts leave from could not be looked at: {down.reason}")
        return
    finally:
        account.close()
    yield from _account(seen, office.config.office.country)
    yield from clock_findings("Twilio", seen.clock)


def _account(seen: AccountSeen, country: str) -> Iterator[Finding]:
    if seen.status != "active":
        yield Finding(
            "error", "sms", f"the Twilio account is {seen.status}: nothing can leave", f"Log in to {_CONSOLE} and see what it asks for."
        )
        return
    if seen.trial:
        yield Finding("warning", "sms", "this is a trial account: texts reach only numbers that are verified with Twilio, and begin with a line of Twilio's",
                      f"Upgrade it at {_CONSOLE} before customers are written to.")  # fmt: skip
    if seen.service and not seen.senders:
        yield Finding(
            "error",
            "sms",
            f'the messaging service "{seen.service}" has no number to send from',
            f"Add one to its sender pool at {_CONSOLE}.",
        )
    for sender in seen.senders:
        yield _sender(sender, country)
    if seen.unseen:
        yield Finding("warning", "sms", f"whether US carriers know the number could not be looked up: {seen.unseen}",
                      f"Look at {_CONSOLE} yourself: {_WHERE['local']}.")  # fmt: skip


def _sender(sender: SenderSeen, country: str) -> Finding:
    what = f"{phone(sender.number)}, {_KINDS[sender.kind]},"
    if not sender.ours:
        return Finding("error", "sms", f"{what} is not one of this Twilio account", "Correct from under [sms] in config.toml.")
    if not sender.texts:
        return Finding(
            "error", "sms", f"{what} takes calls only, no texts", f"Buy a number with SMS at {_CONSOLE}, and name it under [sms]."
        )
    if sender.kind == "foreign" and country == "US":
        return Finding("warning", "sms", f"{what} is seldom let through to phones in the US", f"Take a US number at {_CONSOLE}.")
    if sender.kind in {"local", "toll-free"} and sender.registration != "unknown":
        return _registration(sender, what, country)
    return Finding("ok", "sms", f"texts leave from {what.rstrip(',')}")


def _registration(sender: SenderSeen, what: str, country: str) -> Finding:
    """Only what goes to phones in the US must be registered: elsewhere it is a hint."""
    level: Level = "error" if country == "US" else "warning"
    how = "A2P 10DLC" if sender.kind == "local" else "toll-free verification"
    if sender.registration == "registered":
        return Finding("ok", "sms", f"texts leave from {what} registered with US carriers ({how})")
    if sender.registration == "waiting":
        return Finding(level, "sms", f"{what} waits to be registered with US carriers ({how}): until then they refuse its texts, and Twilio bills them",
                       f"Wait, and look at {_CONSOLE}: {_WHERE[sender.kind]}. It takes some days.")  # fmt: skip
    if sender.registration == "refused":
        why = f": {sender.why}" if sender.why else ""
        return Finding(
            level,
            "sms",
            f"{what} was refused by US carriers ({how}){why}",
            f"Mend it and hand it in again at {_CONSOLE}: {_WHERE[sender.kind]}.",
        )
    return Finding(level, "sms", f"{what} is not registered with US carriers ({how}): they refuse its texts, and Twilio bills them",
                   f"Register it at {_CONSOLE}: {_WHERE[sender.kind]}. It takes some days.")  # fmt: skip
