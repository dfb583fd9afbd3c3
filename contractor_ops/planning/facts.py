"""What planning must know about the office: plain values, taken from config.toml once."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from email.utils import parseaddr

from contractor_ops.config import Config
from contractor_ops.hours import parse_business_hours
from contractor_ops.planning.calendar import OfficeCalendar
from contractor_ops.planning.sending_hours import SendingHours

PRICES_PER_SEGMENT = {"twilio": Decimal("0.0113")}
"""What a provider takes for one segment to a mobile in the United States, the carriers' fees included, in dollars, unless the office says its own price."""
CURRENCIES = {"GB": "£", "IE": "€", "DE": "€", "FR": "€", "ES": "€", "IT": "€", "NL": "€"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The office as planning sees it. `per_address_per_day` and `per_run` count messages to customers."""

    name: str
    phone: str
    postal_address: str
    website: str
    country: str
    calendar: OfficeCalendar
    hours: SendingHours
    per_address_per_day: int
    per_run: int
    channels: tuple[str, ...] = ("sms", "email")
    price_per_segment: Decimal | None = None
    email: str = ""

    @property
    def day_starts(self) -> time:
        """When a step that is due on a day becomes due."""
        return self.hours.start

    @property
    def currency(self) -> str:
        """The sign that stands before money in messages."""
        return CURRENCIES.get(self.country, "$")


def facts_of(config: Config) -> Facts:
    """What config.toml says, as planning needs it."""
    office = config.office
    calendar = OfficeCalendar(office.zone, parse_business_hours(office.business_hours), office.holidays)
    return Facts(
        office.name, office.phone, office.postal_address, office.website, office.country, calendar,
        SendingHours(*config.limits.window), config.limits.per_address_per_day, config.limits.per_run, _channels(config), _price(config),
        parseaddr(str(config.email.get("from", "")))[1],
    )  # fmt: skip


def _price(config: Config) -> Decimal | None:
    said = config.sms.get("price_per_segment")
    if isinstance(said, int | float) and not isinstance(said, bool):
        return Decimal(str(said))
    return PRICES_PER_SEGMENT.get(str(config.sms.get("provider", "")))


def _channels(config: Config) -> tuple[str, ...]:
    """The channels that messages go by first: all while everything goes to the outbox, else those that somebody set up.

    An office with a mail server and no text provider would otherwise write texts into files where an e-mail could leave.
    """
    parts = {"sms": config.sms, "email": config.email}
    real = [kind for kind, part in parts.items() if part.get("provider", "outbox") != "outbox"]
    return tuple(kind for kind, part in parts.items() if not real or kind in real or "provider" in part)
