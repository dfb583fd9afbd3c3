"""The providers of each channel by name, and what each reads from its part of config.toml."""

import re
from collections.abc import Mapping
from decimal import Decimal
from email.utils import parseaddr
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, field_validator, model_validator

from contractor_ops.channels.sendgrid import SendGridSettings
from contractor_ops.channels.smtp import SmtpSettings
from contractor_ops.parts import Part, SpanText
from contractor_ops.spans import Span

if TYPE_CHECKING:
    from contractor_ops.clients.twilio import TwilioSettings


def _with_an_address(text: str) -> str:
    if "@" not in parseaddr(text)[1]:
        raise ValueError('it must hold an e-mail address, like "Our Office <office@example.com>"')
    return text


def _e164(number: str) -> str:
    """A number as Twilio's lists spell it; ten digits are a North American one, fewer a short code."""
    if number.startswith("+") or len(number) < 10:
        return number
    return f"+1{number}" if len(number) == 10 else f"+{number}"


class OutboxPart(Part):
    """`[sms]` or `[email]` with provider "outbox", the default: messages become files."""

    provider: Literal["outbox"] = "outbox"
    from_: str = Field(default="", alias="from")


class SmtpPart(Part):
    """`[email]` with provider "smtp": the office's own mail server. Its password is the secret SMTP_PASSWORD."""

    provider: Literal["smtp"]
    from_: str = Field(alias="from")
    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    timeout: SpanText = Span(30, "seconds")

    _has_an_address = field_validator("from_")(_with_an_address)

    def settings(self) -> SmtpSettings:
        """How the server is reached."""
        return SmtpSettings(self.host, self.port, self.security, self.user, self.timeout.as_timedelta().total_seconds())


class TwilioPart(Part):
    """`[sms]` with provider "twilio". Its secrets are TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.

    `per_second` is 1 for an ordinary number and 3 for a toll-free one unless said; a registered messaging service may take more.
    `price_per_segment` is in the office's currency, carrier fees included; a plan's cost is counted with it (planning/facts.py).
    """

    provider: Literal["twilio"]
    from_: str = Field(default="", alias="from")
    messaging_service: str = Field(default="", pattern=r"^(MG\w+)?$")
    api_base: str = Field(default="https://api.twilio.com", pattern="^https?://[^/]+/?$")
    timeout: SpanText = Span(30, "seconds")
    per_second: float | None = Field(default=None, gt=0, le=100)
    in_flight: int = Field(default=4, ge=1, le=20)
    price_per_segment: Decimal | None = Field(default=None, ge=0)

    @field_validator("from_")
    @classmethod
    def _is_a_number(cls, text: str) -> str:
        plain = re.sub(r"[\s().-]", "", text)
        if text and not re.fullmatch(r"\+?[1-9]\d{3,14}", plain):
            raise ValueError('it must be a telephone number, like "+13125550100", or a short code')
        return plain

    @model_validator(mode="after")
    def _one_sender(self) -> Self:
        if bool(self.from_) == bool(self.messaging_service):
            raise ValueError('say what texts come from, in one key: from = "+13125550100" or messaging_service = "MG…"')
        return self

    def settings(self, account_sid: str, auth_token: str) -> "TwilioSettings":
        """The account, and how it is reached."""
        from contractor_ops.clients.twilio import TwilioSettings

        timeout = self.timeout.as_timedelta().total_seconds()
        return TwilioSettings(account_sid.strip(), auth_token.strip(), _e164(self.from_), self.messaging_service, self.api_base, timeout)


class SendGridPart(Part):
    """`[email]` with provider "sendgrid". Its secret is SENDGRID_API_KEY. With `sandbox` SendGrid looks at each message and delivers none."""

    provider: Literal["sendgrid"]
    from_: str = Field(alias="from")
    api_base: str = Field(default="https://api.sendgrid.com", pattern="^https?://[^/]+/?$")
    timeout: SpanText = Span(30, "seconds")
    in_flight: int = Field(default=8, ge=1, le=50)
    sandbox: bool = False

    _has_an_address = field_validator("from_")(_with_an_address)

    def settings(self) -> SendGridSettings:
        """How SendGrid is reached."""
        return SendGridSettings(self.api_base, self.timeout.as_timedelta().total_seconds(), self.in_flight, self.sandbox)


PROVIDERS: Mapping[str, Mapping[str, type[Part]]] = {
    "sms": {"outbox": OutboxPart, "twilio": TwilioPart},
    "email": {"outbox": OutboxPart, "smtp": SmtpPart, "sendgrid": SendGridPart},
}
