"""How messages leave for real: what config.toml says of a provider, and which secrets it wants."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import quote

from contractor_ops.work.init_found import quoted


@dataclass(frozen=True, slots=True)
class Sending:
    """One way out. `part` is "sms" or "email"; `secrets` are those that a person has typed, "" for one that is still missing."""

    part: str
    keys: Mapping[str, str]
    secrets: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Whether messages could leave: without its secrets it stays a remark, so that the office can go on rehearsing."""
        return all(self.secrets.values())

    @property
    def lines(self) -> Sequence[str]:
        """Its part of config.toml: of one that is not ready only who e-mails come from, which the outbox writes on them."""
        width = max(map(len, self.keys))
        lines = {"": f"[{self.part}]"} | {key: f"{key:<{width}} = {quoted(value)}" for key, value in self.keys.items()}
        safe = set(lines) if self.is_ready else {"", "from"} if self.part == "email" else set()
        said = sorted(lines, key=lambda key: key not in safe)
        return [lines[key] if key in safe else f"# {lines[key]}" for key in said]


def twilio(number: str) -> Sending:
    """Texts through Twilio."""
    return Sending("sms", {"provider": "twilio", "from": number}, {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""})


def smtp(sender: str, host: str, user: str) -> Sending:
    """E-mail through the office's own mail server."""
    keys = {"provider": "smtp", "from": sender, "host": host, "user": user}
    return Sending("email", {key: value for key, value in keys.items() if value}, {"SMTP_PASSWORD": ""} if user else {})


def sendgrid(sender: str) -> Sending:
    """E-mail through SendGrid."""
    return Sending("email", {"provider": "sendgrid", "from": sender}, {"SENDGRID_API_KEY": ""})


def secret_meant(name: str) -> Callable[[str], tuple[str, str]]:
    """Reads a secret that was typed: itself, and what is plainly wrong with it."""
    start = {"TWILIO_ACCOUNT_SID": "AC", "SENDGRID_API_KEY": "SG."}.get(name, "")

    def meant(typed: str) -> tuple[str, str]:
        value = typed.strip()
        return value, f"It begins with {start}: copy it once more." if value and not value.startswith(start) else ""

    return meant


def sender(name: str, address: str) -> str:
    """Who e-mails come from, as a mail's head has it."""
    return f'"{quote(name)}" <{address}>' if set(name) & set('()<>@,;:\\".[]') else f"{name} <{address}>"
