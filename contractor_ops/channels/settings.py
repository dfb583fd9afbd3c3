"""The providers of each channel by name, and what each reads from its part of config.toml."""

from collections.abc import Mapping
from email.utils import parseaddr
from typing import Literal

from pydantic import Field, field_validator

from contractor_ops.channels.smtp import SmtpSettings
from contractor_ops.parts import Part, SpanText
from contractor_ops.spans import Span


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

    @field_validator("from_")
    @classmethod
    def _has_an_address(cls, text: str) -> str:
        if "@" not in parseaddr(text)[1]:
            raise ValueError('it must hold an e-mail address, like "Our Office <office@example.com>"')
        return text

    def settings(self) -> SmtpSettings:
        """How the server is reached."""
        return SmtpSettings(self.host, self.port, self.security, self.user, self.timeout.as_timedelta().total_seconds())


PROVIDERS: Mapping[str, Mapping[str, type[Part]]] = {"sms": {"outbox": OutboxPart}, "email": {"outbox": OutboxPart, "smtp": SmtpPart}}
