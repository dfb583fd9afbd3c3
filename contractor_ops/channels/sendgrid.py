"""E-mail through SendGrid."""

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contractor_ops.channels.mail import Letter, Sender, compose, wire_address
from contractor_ops.ports import InboxDown, Message, Receipt, nobody

OUR_ID = "contractor_ops_id"
"""The custom argument that holds our Message-ID. SendGrid's own record of the header shows another where the sender's domain is not verified."""
_OFF = {"enable": False}
_UNTRACKED = {"click_tracking": {**_OFF, "enable_text": False}, "open_tracking": _OFF, "subscription_tracking": _OFF, "ganalytics": _OFF}
"""Links stay as they were written, nobody is watched, and the way out is ours."""


@dataclass(frozen=True, slots=True)
class SendGridSettings:
    """How SendGrid is reached; `timeout` is in seconds and holds for every wait. In sandbox mode it checks each message and delivers none."""

    api_base: str = "https://api.sendgrid.com"
    timeout: float = 30.0
    in_flight: int = 8
    sandbox: bool = False


class SendGrid:
    """SendGrid as a channel: what it takes it has queued, and may still drop; its lists of bounces tell (inbox/sendgrid.py)."""

    name = "sendgrid"
    per_second: float | None = None

    def __init__(self, settings: SendGridSettings, key: str, sender: Sender) -> None:
        from contractor_ops.clients.sendgrid import SendGridClient

        self.settings = settings
        self.sender = sender
        self.in_flight = settings.in_flight
        self.client = SendGridClient(key, settings.api_base, settings.timeout)
        self.local = self.client.local

    def deliver(self, message: Message) -> Receipt:
        """Send one e-mail. Raises TryLater, Refused, ChannelDown or InDoubt, as ports.Channel says."""
        letter = compose(message, self.sender)
        taken_as = self.client.send(mail_send(letter, self.settings.sandbox), self.settings.sandbox)
        return Receipt("queued", taken_as or message.message_id)  # in sandbox mode SendGrid gives no id

    def left(self, message: Message, claimed_at: datetime, known: Callable[[str], bool] = nobody) -> Receipt | None:
        """The message as Email Activity shows it. None where it does not, yet or at all: most accounts are without this add-on."""
        try:
            to = wire_address(message.to).lower()
            found = self.client.read("messages", limit=10, query=f"(unique_args['{OUR_ID}']=\"{_bare(message.message_id)}\")")
        except (InboxDown, ValueError):
            return None
        messages = found.get("messages") if isinstance(found, dict) else None
        for one in messages if isinstance(messages, list) else []:
            if isinstance(one, dict) and str(one.get("to_email")).lower() == to:
                return Receipt("sent" if one.get("status") == "delivered" else "queued", _taken_as(str(one.get("msg_id", ""))))
        return None

    def probe(self) -> None:
        """Ask what the key may do, and send nothing. Raises ChannelDown with what is wrong."""
        self.client.probe()

    def close(self) -> None:
        """Let go of kept-open connections."""
        self.client.close()


def mail_send(letter: Letter, sandbox: bool) -> dict[str, Any]:
    """The body of POST /v3/mail/send. Nothing in it asks for substitution, so braces and tags reach the customer as they were written."""
    # A comma or a semicolon in this name made SendGrid take its parts for addresses and drop the mail (sendgrid-python #291).
    to_name = " ".join(re.sub(r'[,;"]', " ", letter.to_name).split())
    return {
        "personalizations": [{"to": [_person(letter.to_address, to_name)], "custom_args": {OUR_ID: _bare(letter.message_id)}}],
        "from": _person(letter.from_address, letter.from_name),
        "reply_to": _person(letter.reply_to, letter.from_name),
        "subject": letter.subject or letter.from_name or letter.from_address,  # a mail without one is refused
        "content": [{"type": "text/plain", "value": letter.text}, {"type": "text/html", "value": letter.html}],
        **_files(letter),
        "headers": {"Message-ID": letter.message_id, **letter.notices},
        "tracking_settings": _UNTRACKED,
        "mail_settings": {"sandbox_mode": {"enable": sandbox}, "footer": _OFF},
    }


def _files(letter: Letter) -> dict[str, Any]:
    """The pictures that stand in the page and the files beside it; a mail without any has no such key, as an empty list is refused."""
    attached = [
        {
            "content": b64encode(one.content).decode(),
            "type": "image/png",
            "filename": f"{one.id}.png",
            "disposition": "inline",
            "content_id": one.id,
        }
        for one in letter.pictures
    ]
    attached += [
        {
            "content": b64encode(one.text.encode()).decode(),
            "type": one.type.partition(";")[0],
            "filename": one.name,
            "disposition": "attachment",
        }
        for one in letter.attachments
    ]
    return {"attachments": attached} if attached else {}


def _person(address: str, name: str) -> dict[str, str]:
    return {"email": address, "name": name} if name else {"email": address}


def _bare(message_id: str) -> str:
    """Our Message-ID without its brackets, and without what would end a quotation in a question about it."""
    return re.sub(r'[<>"\\]', "", message_id)


def _taken_as(msg_id: str) -> str:
    """The X-Message-Id that a message was taken under: what stands before the name of the machine that went on with it."""
    return re.split(r"\.(?:filter|recvd)", msg_id)[0]
