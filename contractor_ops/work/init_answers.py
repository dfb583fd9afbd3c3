"""What the spreadsheets cannot tell: who the office is, where, and who its people are."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from zoneinfo import available_timezones

from contractor_ops.config import Config, zone_names
from contractor_ops.tables.cells.emails import clean_emails
from contractor_ops.tables.cells.phones import clean_phone
from contractor_ops.tomlfile import did_you_mean
from contractor_ops.work.init_sending import Sending
from contractor_ops.work.init_zone import Guess, zone_here, zone_of_state

ZONE_WAS_GUESSED = "# guessed from"
"""Stands behind the time zone in config.toml until a person takes it away; `check` looks for it."""
_SPOKEN = {
    "eastern": "America/New_York", "central": "America/Chicago", "mountain": "America/Denver", "pacific": "America/Los_Angeles",
    "arizona": "America/Phoenix", "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu", "atlantic": "America/Halifax",
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York", "cst": "America/Chicago", "cdt": "America/Chicago",
    "ct": "America/Chicago", "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver", "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
}  # fmt: skip
"""What Americans call their time zones."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says of the office; what is left out is told by `check` until it is filled in."""

    name: str = "Our office"
    timezone: str = ""
    owner: str = "The owner"
    manager: str = "The office"
    owner_email: str = ""
    owner_phone: str = ""
    manager_email: str = ""
    manager_phone: str = ""
    phone: str = ""
    postal_address: str = ""
    sender: str = ""
    google_key_file: str = ""
    sending: Sequence[Sending] = ()
    guess: Guess | None = None

    @property
    def zone(self) -> str:
        """The time zone that was given, else the one that was guessed, else this machine's."""
        return self.timezone or self.guessed.zone

    @property
    def guessed(self) -> Guess:
        """What stands in for a time zone that nobody has given."""
        return self.guess or zone_here()


def answers_in(config: Config, text: str) -> Answers:
    """What an office's config.toml says already; `text` is the file as it stands."""
    office, owner, manager = config.office, config.people.get("owner"), config.people.get("office")
    mark, _, rest = text.partition(ZONE_WAS_GUESSED)
    guess = Guess(office.timezone, rest.partition("\n")[0].strip()) if rest and mark else None
    return Answers(
        office.name, "" if guess else office.timezone,
        owner.name if owner else Answers().owner, manager.name if manager else Answers().manager,
        owner.email if owner else "", owner.phone if owner else "", manager.email if manager else "", manager.phone if manager else "",
        office.phone, office.postal_address, _sender_only(config), config.google.key_file, (), guess,
    )  # fmt: skip


def _sender_only(config: Config) -> str:
    """The address that e-mails come from, where nothing else is said of them."""
    return parseaddr(str(config.email["from"]))[1] if set(config.email) == {"from"} else ""


def no_such_zone(name: str) -> str:
    """What is wrong with a time zone's name, "" when there is such a zone."""
    return "" if name in available_timezones() else f'"{name}" is no time zone; {did_you_mean(name, zone_names())}'


def zone_meant(typed: str) -> str:
    """The time zone that somebody means: its name, in any case, its city, what Americans call it, or a state; "" where none is clear."""
    said = " ".join(typed.replace("_", " ").split()).casefold()
    said = said.removesuffix(" time").removesuffix(" standard").removesuffix(" daylight")
    if said in _SPOKEN:
        return _SPOKEN[said]
    names = {zone.replace("_", " ").casefold(): zone for zone in sorted(zone_names())}
    cities = [zone for name, zone in names.items() if name.rpartition("/")[2] == said]
    ours = [zone for zone in cities if zone.startswith("America/")] or cities
    return names.get(said) or (ours[0] if len(ours) == 1 else "") or zone_of_state(typed)


def phone_meant(typed: str) -> tuple[str, str]:
    """A telephone number as it is written into config.toml, and what is wrong with it; both "" where nothing was typed."""
    number, trouble = clean_phone(typed.strip(), "US")
    return (number or "", trouble or "") if typed.strip() else ("", "")


def email_meant(typed: str) -> tuple[str, str]:
    """An e-mail address, and what is wrong with it; both "" where nothing was typed."""
    if not typed.strip():
        return "", ""
    cleaned, troubles = clean_emails([typed.strip()])
    if troubles or not cleaned[0] or "," in cleaned[0]:
        return "", "That is not one e-mail address; write it like dana@your-office.example"
    return cleaned[0], ""
