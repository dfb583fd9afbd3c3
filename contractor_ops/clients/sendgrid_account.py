"""What SendGrid says about the address that e-mails come from: whether it may be used at all, and whether its domain vouches for it.

https://www.twilio.com/docs/sendgrid/api-reference/domain-authentication  https://www.twilio.com/docs/sendgrid/api-reference/sender-verification
"""

from dataclasses import dataclass
from typing import Any, Literal

from contractor_ops.clients.sendgrid import SendGridClient
from contractor_ops.ports import InboxDown

Proof = Literal["proven", "unproven", "none", "unseen"]
_MOST = 100


@dataclass(frozen=True, slots=True)
class FromSeen:
    """`domain`: its records were found, were not, or it is not set up; `address`: as a single sender. `clock` is Unix time as SendGrid has it."""

    domain: Proof
    address: Proof
    clock: float


def look_at_sender(client: SendGridClient, address: str) -> FromSeen:
    """What SendGrid knows of an address. A key that may send and no more sees nothing of this. Raises InboxDown where nobody answers."""
    _, clock = client.read_at("scopes")
    domains = _rows(client, "whitelabel/domains")
    senders = _rows(client, "verified_senders")
    place = address.rpartition("@")[2].lower()
    ours = None if domains is None else [bool(one.get("valid")) for one in domains if _covers(str(one.get("domain")).lower(), place)]
    mine = (
        None if senders is None else [bool(one.get("verified")) for one in senders if str(one.get("from_email")).lower() == address.lower()]
    )
    return FromSeen(_proof(ours), _proof(mine), clock)


def _rows(client: SendGridClient, path: str) -> list[dict[str, Any]] | None:
    """A list of SendGrid's; None where this key may not see it."""
    try:
        answer = client.read(path, limit=_MOST)
    except InboxDown:
        return None
    rows = answer.get("results", answer.get("result")) if isinstance(answer, dict) else answer
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else None


def _covers(domain: str, place: str) -> bool:
    return place == domain or place.endswith(f".{domain}")


def _proof(found: list[bool] | None) -> Proof:
    if found is None:
        return "unseen"
    return "proven" if any(found) else "unproven" if found else "none"
