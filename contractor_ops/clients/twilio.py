"""Twilio through its official client: with a time-out, over kept-open connections, and its errors turned into ours."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from contractor_ops.clients.kept_open import NoAnswer, NothingSent, stays_here
from contractor_ops.clients.twilio_codes import Meaning, meaning_of
from contractor_ops.clients.twilio_http import Answered, TwilioHttp
from contractor_ops.ports import ChannelDown, DeliveryError, InboxDown, InDoubt, Refused, TryLater

TWILIO = "https://api.twilio.com"
FAILED = {"failed", "undelivered", "canceled"}
STILL_WAITING = {"queued", "accepted", "scheduled", "sending"}
Row = TypeVar("Row")
_ROWS_AT_ONCE = 200
_MAY_HAVE_LEFT = "the message was handed over, so it may have left"
_SENSELESS = (ValueError, TypeError, KeyError, AttributeError)
"""What the official client raises over an answer that holds something else than it should."""


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    """An account, what texts come from (`from_number`, E.164, or `messaging_service`), and how it is reached; `timeout` in seconds."""

    account_sid: str
    auth_token: str = field(repr=False)
    from_number: str = ""
    messaging_service: str = ""
    api_base: str = TWILIO
    timeout: float = 30.0


class Created(NamedTuple):
    """A message that Twilio took: its sid and its first status."""

    sid: str
    status: str


@dataclass(frozen=True, slots=True)
class TwilioMessage:
    """One message of Twilio's list. Times are aware; `sent` is None until it has left. `code` and `error` say why it failed; `media` counts pictures.

    `direction`: "inbound", "outbound-api", "outbound-reply", "outbound-call". `status` is Twilio's word.
    """

    sid: str
    direction: str
    from_number: str
    to: str
    body: str
    status: str
    created: datetime
    sent: datetime | None
    code: int | None
    error: str
    service: str
    media: int = 0

    @property
    def inbound(self) -> bool:
        """Whether somebody wrote it to us."""
        return self.direction == "inbound"

    @property
    def meaning(self) -> Meaning:
        """Why it failed, if it did."""
        return meaning_of(self.code, words=self.error)


@dataclass(frozen=True, slots=True)
class TwilioCall:
    """One leg of a call. `parent` is the sid of the call that dialled it, "" for the caller's own leg.

    `duration` is in seconds, None unless it was answered; `started` is aware. `from_number` is what the caller shows, which may be a word
    ("anonymous").
    """

    sid: str
    parent: str
    direction: str
    from_number: str
    to: str
    status: str
    started: datetime
    duration: int | None
    forwarded_from: str
    caller_name: str
    stir: str = ""


class TwilioClient:
    """One account, used from several threads at once. https://www.twilio.com/docs/messaging/api says what is asked and answered."""

    def __init__(self, settings: TwilioSettings) -> None:
        self.settings = settings
        self.local = stays_here(settings.api_base)
        self._http = TwilioHttp(settings.api_base, settings.timeout)

    def create(self, to: str, body: str, valid_for: int | None = None) -> Created:
        """Hand over one text; Twilio may keep it for `valid_for` seconds (1 to 36,000). Raises TryLater, Refused, ChannelDown or InDoubt.

        Twilio knows no key that would make a second request harmless, so nothing is tried again here.
        """
        if trouble := cannot_be_asked(self.settings):
            raise ChannelDown(trouble)
        if not _is_unicode(to + body):
            raise Refused("The text holds something that is no character: correct its wording or the sheet")
        settings = self.settings
        sender = {"messaging_service_sid": settings.messaging_service} if settings.messaging_service else {"from_": settings.from_number}
        more = {} if valid_for is None else {"validity_period": valid_for}
        try:
            made = self._api.messages.create(to=to, body=body, **sender, **more)
            taken = Created(_a_sid(made.sid), made.status or "queued")
            meaning = meaning_of(made.error_code, words=str(made.error_message or ""))
        except Answered as refusal:
            raise _delivery_error(meaning_of(refusal.code, refusal.status, refusal.words), refusal.after) from refusal
        except NothingSent as nothing:
            raise ChannelDown(f"{self._place} {nothing}") from nothing
        except NoAnswer as silence:
            raise InDoubt(f"{self._place} {silence}: {_MAY_HAVE_LEFT}") from silence
        except _SENSELESS as error:
            raise InDoubt(f"{self._place} gave an answer that means nothing: {_MAY_HAVE_LEFT}") from error
        if taken.status in FAILED:
            raise _delivery_error(meaning)
        return taken

    def messages(self, since: datetime) -> Iterator[TwilioMessage]:
        """What was sent and received from the GMT day of `since` (aware) on: Twilio filters by whole days of sending or arriving.

        Of our number alone where texts come from one, else of the whole account. A message that has not left yet is not among them: `message`
        asks for it. Raises InboxDown.
        """
        number = self.settings.from_number
        ours: list[dict[str, str]] = [{"to": number}, {"from_": number}] if number else [{}]
        for only in ours:
            yield from self._sent_from(_gmt_day(since), **only)

    def messages_to(self, to: str, since: datetime) -> Iterator[TwilioMessage]:
        """What was handed over for a number since a moment (aware), the latest first, whether it has left or not. Raises InboxDown."""
        since = since.replace(microsecond=0)  # as Twilio's times
        long_before = since - timedelta(days=1)  # the list is in the order of sending, which may lag behind by hours
        for message in self._listed(_message, lambda api: api.messages.stream(to=to, page_size=50)):
            if message.created < long_before:
                return
            if message.created >= since and not message.inbound:
                yield message

    def message(self, sid: str) -> TwilioMessage | None:
        """One message as it is now; None where Twilio knows none of this sid. Raises InboxDown."""
        try:
            return next(self._listed(_message, lambda api: iter([api.messages(sid).fetch()])))
        except InboxDown as down:
            if isinstance(down.__cause__, Answered) and down.__cause__.status == 404:
                return None
            raise

    def calls(self, since: datetime) -> Iterator[TwilioCall]:
        """The account's calls that began on the GMT day of `since` (aware) or later, every leg by itself. Raises InboxDown."""
        day = _gmt_day(since)
        yield from self._listed(_call, lambda api: api.calls.stream(start_time_after=day, page_size=_ROWS_AT_ONCE))

    def probe(self) -> None:
        """Ask for one message of the list. Raises ChannelDown with what is wrong."""
        try:
            next(self._listed(_message, lambda api: api.messages.stream(limit=1)), None)
        except InboxDown as down:
            raise ChannelDown(down.reason) from down

    def close(self) -> None:
        """Let go of connections."""
        self._http.close()

    def _sent_from(self, day: datetime, **only: str) -> Iterator[TwilioMessage]:
        return self._listed(_message, lambda api: api.messages.stream(date_sent_after=day, page_size=_ROWS_AT_ONCE, **only))

    def _listed(self, read: Callable[[Any], Row], ask: Callable[[Any], Iterator[Any]]) -> Iterator[Row]:
        """The rows of a list, page after page, each as `read` makes it; troubles are InboxDown. `ask` asks the official client."""
        from twilio.base.exceptions import TwilioException

        if trouble := cannot_be_asked(self.settings):
            raise InboxDown(trouble)
        try:
            for row in ask(self._api):
                yield read(row)
        except Answered as refusal:
            raise InboxDown(meaning_of(refusal.code, refusal.status, refusal.words).reason) from refusal
        except (NothingSent, NoAnswer) as nothing:
            raise InboxDown(f"{self._place} {nothing}") from nothing
        except (*_SENSELESS, TwilioException) as error:
            raise InboxDown(f"{self._place} gave an answer that means nothing") from error

    @cached_property
    def _api(self) -> Any:
        """The official client. Two threads that come at once may make one each, which share the connections."""
        from twilio.rest import Client

        return Client(self.settings.account_sid, self.settings.auth_token, http_client=self._http)

    @property
    def _place(self) -> str:
        return place_of(self.settings)


def place_of(settings: TwilioSettings) -> str:
    """What people call the place that is asked: Twilio, with its address where that is not its own."""
    return "Twilio" if settings.api_base.rstrip("/") == TWILIO else f"Twilio ({urlsplit(settings.api_base).netloc})"


def cannot_be_asked(settings: TwilioSettings) -> str:
    """Why nothing may be put to it at all; "" where it may."""
    if not (stays_here(settings.api_base) or settings.api_base.startswith("https:")):
        return f"{place_of(settings)} would get the token unencrypted, which is done on this machine only; begin sms.api_base with https://"
    if not re.fullmatch(r"[A-Za-z0-9]+", settings.account_sid):
        return "TWILIO_ACCOUNT_SID is no account's name: copy it from the Twilio console once more (AC and 32 letters and digits)"
    return ""


def _delivery_error(meaning: Meaning, after: float | None = None) -> DeliveryError:
    if meaning.kind == "later":
        return TryLater(meaning.reason, after, meaning.everybody)
    if meaning.kind == "refused":
        return Refused(meaning.reason, meaning.opted_out, meaning.landline)
    return ChannelDown(meaning.reason) if meaning.kind == "stops" else InDoubt(f"{meaning.reason}: {_MAY_HAVE_LEFT}")


def _a_sid(sid: object) -> str:
    if not (isinstance(sid, str) and sid):
        raise ValueError("a message without a sid")
    return sid


def _a_time(moment: object) -> datetime:
    if not isinstance(moment, datetime):
        raise ValueError("a row of a list without its time")
    return moment


def _is_unicode(text: str) -> bool:
    """Half a surrogate pair, as a broken export may hold, cannot be written."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _gmt_day(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _message(row: Any) -> TwilioMessage:
    return TwilioMessage(
        sid=_a_sid(row.sid), direction=row.direction or "", from_number=row.from_ or "", to=row.to or "", body=row.body or "",
        status=row.status or "", created=_a_time(row.date_created), sent=row.date_sent,
        code=row.error_code if isinstance(row.error_code, int) else None, error=row.error_message or "",
        service=row.messaging_service_sid or "", media=int(row.num_media or 0),
    )  # fmt: skip


def _call(row: Any) -> TwilioCall:
    return TwilioCall(
        sid=row.sid, parent=row.parent_call_sid or "", direction=row.direction or "", from_number=row._from or "", to=row.to or "",
        status=row.status or "", started=_a_time(row.start_time or row.date_created), duration=int(row.duration) if row.duration else None,
        forwarded_from=row.forwarded_from or "", caller_name=row.caller_name or "", stir=row.stir_verstat or "",
    )  # fmt: skip
