"""What Twilio says about an account and what it sends from: its number's abilities, and whether US carriers know it (A2P 10DLC, toll-free).

Only looks; the account, its numbers and its services are Twilio's v2010 API, registrations its Messaging v1 API:
https://www.twilio.com/docs/iam/api/account  https://www.twilio.com/docs/messaging/api/usapptoperson-resource
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

from contractor_ops.clients.kept_open import NoAnswer, NothingSent
from contractor_ops.clients.retry_after import its_clock
from contractor_ops.clients.twilio import TwilioSettings, cannot_be_asked, place_of
from contractor_ops.clients.twilio_codes import meaning_of
from contractor_ops.clients.twilio_http import Answered, TwilioHttp
from contractor_ops.ports import ChannelDown

NumberClass = Literal["local", "toll-free", "short code", "foreign"]
Registration = Literal["registered", "waiting", "refused", "none", "unknown"]
_TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
_MOST_SERVICES, _MOST_NUMBERS = 20, 400
_CAMPAIGN: dict[str, Registration] = {"VERIFIED": "registered", "PENDING": "waiting", "IN_PROGRESS": "waiting", "FAILED": "refused"}
_TOLL_FREE_STATES: dict[str, Registration] = {
    "TWILIO_APPROVED": "registered", "PENDING_REVIEW": "waiting", "IN_REVIEW": "waiting", "TWILIO_REJECTED": "refused",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SenderSeen:
    """One number that texts leave from. `ours`: the account has it; `texts`: it can send them; `why` is Twilio's reason for a refusal."""

    number: str
    kind: NumberClass
    ours: bool = True
    texts: bool = True
    registration: Registration = "unknown"
    why: str = ""


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """An account: `status` is Twilio's word ("active", "suspended", "closed"), `clock` Unix time as Twilio has it.

    `service` is a messaging service's name, "" where texts leave from one number. `unseen` says why a registration could not be looked up.
    """

    status: str
    trial: bool
    clock: float
    senders: tuple[SenderSeen, ...] = ()
    service: str = ""
    unseen: str = ""


def class_of(number: str) -> NumberClass:
    """What kind of number it is, as carriers see it. Its digits tell."""
    if not number.startswith("+"):
        return "short code"
    if not number.startswith("+1"):
        return "foreign"
    return "toll-free" if number.startswith(_TOLL_FREE) else "local"


def can_text(capabilities: object) -> bool | None:
    """Whether a number can send texts: {"sms": true} of a number, ["SMS", "MMS"] of one in a service; None where that is not said."""
    if isinstance(capabilities, dict):
        said = {str(name).casefold(): value for name, value in capabilities.items()}.get("sms")
        return said if isinstance(said, bool) else None
    if isinstance(capabilities, list) and capabilities:
        return "sms" in {str(name).casefold() for name in capabilities}
    return None


class TwilioAccount:
    """One look at an account. Every question waits `settings.timeout` seconds at most."""

    def __init__(self, settings: TwilioSettings) -> None:
        self.settings = settings
        self._http = _Noting(settings.api_base, settings.timeout)
        # The client's own host for this part of Twilio, unless config.toml names another place altogether.
        self._registry = TwilioHttp(re.sub(r"^https://api\.", "https://messaging.", settings.api_base), settings.timeout)

    def look(self) -> AccountSeen:
        """Log in, and look at what texts leave from. Raises ChannelDown with what is wrong."""
        if trouble := cannot_be_asked(self.settings):
            raise ChannelDown(trouble)
        with _in_our_words(place_of(self.settings)):
            account = self._api(self._http).api.v2010.accounts(self.settings.account_sid).fetch()
            status = _text(account.status)
        seen = AccountSeen(status, account.type == "Trial", self._http.clock)
        if seen.status != "active":
            return seen
        if self.settings.messaging_service:
            return self._of_service(seen)
        return self._of_number(seen)

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()
        self._registry.close()

    def _of_number(self, seen: AccountSeen) -> AccountSeen:
        number = self.settings.from_number
        sender = SenderSeen(number, class_of(number))
        if sender.kind == "short code":
            return replace(seen, senders=(sender,))
        with _in_our_words(place_of(self.settings)):
            found = _some(self._api(self._http).incoming_phone_numbers, 1, phone_number=number)
        if not found:
            return replace(seen, senders=(replace(sender, ours=False, texts=False),))
        sender = replace(sender, texts=can_text(found[0].capabilities) is not False)
        return self._registered(seen, sender, lambda: self._state_of(sender, str(found[0].sid), self._service_of(str(found[0].sid))))

    def _of_service(self, seen: AccountSeen) -> AccountSeen:
        sid = self.settings.messaging_service
        with _in_our_words(place_of(self.settings)):
            service = self._messaging.services(sid).fetch()
            numbers = _some(self._messaging.services(sid).phone_numbers, _MOST_SERVICES)
            named = [(one, _text(one.phone_number)) for one in numbers]
        seen = replace(seen, service=str(service.friendly_name or sid))
        for one, number in named:
            sender = SenderSeen(number, class_of(number), texts=can_text(one.capabilities) is not False)
            seen = self._registered(seen, sender, lambda one=one, sender=sender: self._state_of(sender, str(one.sid), sid))  # type: ignore[misc]
        return seen

    def _registered(self, seen: AccountSeen, sender: SenderSeen, ask: Callable[[], tuple[Registration, str]]) -> AccountSeen:
        """The account with one more sender. A registration that cannot be seen spoils nothing else."""
        try:
            with _in_our_words(place_of(self.settings)):
                state, why = ask()
        except ChannelDown as down:
            return replace(seen, senders=(*seen.senders, sender), unseen=down.reason)
        return replace(seen, senders=(*seen.senders, replace(sender, registration=state, why=why)))

    def _state_of(self, sender: SenderSeen, sid: str, service: str) -> tuple[Registration, str]:
        if sender.kind == "toll-free":
            asked = _some(self._messaging.tollfree_verifications, 5, tollfree_phone_number_sid=sid)
            return _best([(_TOLL_FREE_STATES.get(str(one.status), "unknown"), str(one.rejection_reason or "")) for one in asked])
        if sender.kind != "local":
            return "unknown", ""
        campaigns = _some(self._messaging.services(service).us_app_to_person, 5) if service else []
        return _best([(_CAMPAIGN.get(str(one.campaign_status), "unknown"), _errors(one.errors)) for one in campaigns])

    def _service_of(self, number_sid: str) -> str:
        """The messaging service that a number is in, through which it is registered; "" where it is in none."""
        if class_of(self.settings.from_number) != "local":
            return ""
        for service in _some(self._messaging.services, _MOST_SERVICES):
            numbers = _some(self._messaging.services(service.sid).phone_numbers, _MOST_NUMBERS)
            if any(one.sid == number_sid for one in numbers):
                return str(service.sid)
        return ""

    @property
    def _messaging(self) -> Any:
        return self._api(self._registry).messaging.v1

    def _api(self, http: TwilioHttp) -> Any:
        from twilio.rest import Client

        return Client(self.settings.account_sid, self.settings.auth_token, http_client=http)


class _Noting(TwilioHttp):
    """Keeps what time it was by the last answer; one thread uses it."""

    clock = 0.0

    def request(self, *args: Any, **more: Any) -> Any:
        answer = super().request(*args, **more)
        self.clock = its_clock(answer.headers)
        return answer


@contextmanager
def _in_our_words(place: str) -> Iterator[None]:
    """Turn what goes wrong into ChannelDown."""
    from twilio.base.exceptions import TwilioException

    try:
        yield
    except Answered as refusal:
        raise ChannelDown(meaning_of(refusal.code, refusal.status, refusal.words).reason) from refusal
    except (NothingSent, NoAnswer) as nothing:
        raise ChannelDown(f"{place} {nothing}") from nothing
    except (ValueError, TypeError, KeyError, AttributeError, TwilioException) as error:
        raise ChannelDown(f"{place} gave an answer that means nothing") from error


def _some(resource: Any, most: int, **asked: Any) -> list[Any]:
    """The first page of a list. No further one is asked for: a page may name itself as the next."""
    return list(islice(resource.page(page_size=most, **asked), most))


def _text(value: object) -> str:
    """A word that an answer cannot do without. Raises ValueError."""
    if not isinstance(value, str) or not value:
        raise ValueError("an answer without what was asked for")
    return value


def _best(found: list[tuple[Registration, str]]) -> tuple[Registration, str]:
    """One that is approved counts, however many were refused before it."""
    order: tuple[Registration, ...] = ("registered", "waiting", "unknown", "refused")
    return min(found, key=lambda one: order.index(one[0]), default=("none", ""))


def _errors(told: Any) -> str:
    """Twilio's reasons for refusing a campaign, in a few words."""
    words = [str(one.get("error_description") or one.get("description") or "") for one in told or () if isinstance(one, dict)]
    return "; ".join(word for word in words if word)[:300]
