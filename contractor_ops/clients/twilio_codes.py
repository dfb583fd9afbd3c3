"""What Twilio's error codes mean to an office, one line a code.

Sources: https://www.twilio.com/docs/api/errors/<code>. Twilio may change what a code stands for: a code that is not here goes to a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an error says, and what is to be done about it.

    `kind`: "later" (it did not leave, for a reason that passes), "refused" (it never reaches this number), "stops" (nothing of ours gets
    through until the office has mended its account, number or words), "doubt" (nobody knows whether it left). `everybody`: "later" holds for
    every message. `landline`: the number takes no texts. `opted_out`: the person wants none.
    """

    kind: Literal["later", "refused", "stops", "doubt"]
    reason: str
    landline: bool = False
    opted_out: bool = False
    everybody: bool = False

    @property
    def result(self) -> Literal["failed", "unsent"]:
        """What this means for a message that Twilio had taken: it failed, or it may be planned anew."""
        return "unsent" if self.kind == "later" else "failed"

    @property
    def blocks(self) -> bool:
        """Whether nothing of ours gets through until the office has mended something."""
        return self.kind == "stops"


def _later(reason: str, everybody: bool = False) -> Meaning:
    return Meaning("later", reason, everybody=everybody)


def _refused(reason: str, landline: bool = False, opted_out: bool = False) -> Meaning:
    return Meaning("refused", reason, landline, opted_out)


def _stops(reason: str) -> Meaning:
    return Meaning("stops", reason)


_LOG_IN = "Twilio refused the log-in: copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from the Twilio console once more"
_NOT_ACTIVE = "The Twilio account is suspended or closed: log in to Twilio and see what it asks for"
_NOT_OURS = "The number that texts come from is not one of this Twilio account, or takes no texts: check sms.from in config.toml"
_NO_SUCH_SERVICE = "The messaging service cannot send: check sms.messaging_service in config.toml and its numbers in the Twilio console"
_NO_SUCH_NUMBER = "The number does not exist: ask the customer for the right one and correct the sheet"
_NO_TEXTS = "The number is a landline or takes no texts: phone or write an e-mail, and ask for a mobile number"
_NO_SUCH_ROUTE = "Twilio cannot reach this number from ours: phone instead"
_WORDS = "The wording cannot be sent as a text: shorten or change it"
_DAILY = "The carrier takes no more texts of ours today: they leave tomorrow; a higher limit is asked for in the Twilio console"
_UNREGISTERED = "Our number is not registered with the carriers yet: finish its registration (A2P 10DLC or toll-free) in the Twilio console"
_TOO_MANY = _later("Twilio asks us to slow down", everybody=True)

_MEANINGS: Mapping[int, Meaning] = {
    # the account
    10001: _stops(_NOT_ACTIVE),
    20003: _stops(_LOG_IN),
    20005: _stops(_NOT_ACTIVE),
    20006: _stops(_LOG_IN),
    20008: _stops("These are Twilio's test credentials, which send nothing: use the live ones"),
    20429: _TOO_MANY,
    # the number it goes to
    21211: _refused(_NO_SUCH_NUMBER),
    21214: _refused(_NO_SUCH_ROUTE),
    21217: _refused(_NO_SUCH_NUMBER),
    21265: _refused("The number is a short code, which takes no texts from ours: phone instead"),
    21266: _refused("The number is our own: correct the sheet"),
    21408: _refused("Texts to this country are not switched on: phone, or allow the country in the Twilio console (Geo Permissions)"),
    21604: _refused("There is no number to send to: fill it in in the sheet"),
    21608: _stops("Twilio's trial accounts may only text verified numbers: upgrade the account"),
    21610: _refused("The customer has opted out of our texts", opted_out=True),
    21611: _later("Too many texts of ours are waiting at Twilio already", everybody=True),
    21612: _refused(_NO_SUCH_ROUTE),
    21614: _refused(_NO_TEXTS, landline=True),
    21635: _refused(_NO_TEXTS, landline=True),
    # the number or service it comes from
    21212: _stops(_NOT_OURS),
    21601: _stops(_NOT_OURS),
    21603: _stops(_NOT_OURS),
    21606: _stops(_NOT_OURS),
    21616: _stops(_NOT_OURS),
    21659: _stops(_NOT_OURS),
    21660: _stops(_NOT_OURS),
    21661: _stops(_NOT_OURS),
    21701: _stops(_NO_SUCH_SERVICE),
    21703: _stops(_NO_SUCH_SERVICE),
    21704: _stops(_NO_SUCH_SERVICE),
    21705: _stops(_NO_SUCH_SERVICE),
    # the words
    21602: _refused("The text is empty: correct its wording"),
    21617: _refused("The text is longer than 1,600 characters: shorten its wording"),
    21618: _refused(_WORDS),
    21619: _refused("The text is empty: correct its wording"),
    # what happens after Twilio has taken it
    30001: _later("Too many texts of ours were waiting at Twilio"),
    30002: _stops(_NOT_ACTIVE),
    30003: _refused("The phone is switched off or out of reach: try another way, or once more tomorrow"),
    30004: _refused("The phone or its carrier blocks our texts: ask the customer before writing again"),
    30005: _refused("The number is unknown or no longer in use: ask the customer for the right one"),
    30006: _refused(_NO_TEXTS, landline=True),
    30007: _stops("The carrier took our text for spam: look at the wording and its links before more leave"),
    30008: _refused("The carrier did not deliver it and does not say why: try another way"),
    30017: _refused("The carrier's network was overloaded and did not deliver it: try another way, or later"),
    30018: _stops(_UNREGISTERED),
    30022: _later("The carrier asks us to slow down"),
    30023: _later(_DAILY),
    30024: _stops(_UNREGISTERED),
    30027: _later(_DAILY),
    30032: _stops(_UNREGISTERED),
    30033: _stops("The carriers have suspended our registration: see why in the Twilio console (A2P 10DLC)"),
    30034: _stops(_UNREGISTERED),
    30035: _stops("Our number is still being set up with the carriers: wait until the Twilio console says that it is ready"),
    30036: _later("It was not sent before the sending hours ended"),
    30037: _stops("Sending is switched off in the Twilio account: ask Twilio's support"),
    30039: _refused("Twilio saw a loop of automatic answers and stopped it: phone instead"),
    30450: _stops("Twilio takes our texts for fraud (SMS pumping): look at the account's log and ask Twilio's support"),
    30610: _later("Twilio holds texts back in the customer's quiet hours"),
    30640: _refused("Twilio lists this person as one who sues over texts: do not text them", opted_out=True),
}


def meaning_of(code: int | None, http_status: int = 0, words: str = "") -> Meaning:
    """What an answer of `http_status` with a code means, or (`http_status` 0) the code of a message that Twilio took and could not deliver.

    `words` are Twilio's own; they are shown for a code that is not known here.
    """
    if http_status >= 500 or http_status == 408:
        return Meaning("doubt", f"Twilio had a fault of its own (HTTP {http_status})")
    known = _TOO_MANY if http_status == 429 else _MEANINGS.get(code or 0)
    if known is not None:
        return replace(known, reason=f"{known.reason} (Twilio's code {code or http_status})")
    if http_status == 401:
        return _stops(_LOG_IN)
    if 300 <= http_status <= 399 or http_status in {403, 404, 405, 407}:
        who = (
            "Twilio does not let us in: see what the Twilio console says" if code else "sms.api_base in config.toml is not Twilio's address"
        )
        return _stops(f"{who} ({_number(code, http_status)}){_quoted(words)}")
    return _refused(f"Twilio refused it, so a person must look ({_number(code, http_status)}){_quoted(words)}")


def _number(code: int | None, http_status: int) -> str:
    if code and code != http_status:
        return f"code {code}"
    return f"HTTP {http_status}" if http_status else "it gives no reason"


def _quoted(words: str) -> str:
    plain = " ".join("".join(c if c.isprintable() else " " for c in words).split())[:_LONGEST_WORDS].rstrip(".")
    return f": {plain}" if plain else ""
