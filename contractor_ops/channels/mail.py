"""An e-mail as it goes over the wire, for every channel that sends one."""

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.message import Message as Mail
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.policy import Compat32
from email.utils import format_datetime, formataddr
from html import escape
from typing import Any
from urllib.parse import quote

from contractor_ops.ports import Attachment, ChannelDown, Message, Picture, Refused

WAY_OUT = "If you'd rather not get these e-mails, reply with the word unsubscribe."
_ADDRESS = re.compile(r"[^\s@<>(),:;\"\[\]\\]{1,64}@[^\s@<>(),:;\"\[\]\\]{1,255}")
_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]")
_LONGEST_WORDS, _LONGEST_NAME = 60, 100
_LONGEST_LINE = 990  # RFC 5321 allows 998 and a line end


@dataclass(frozen=True, slots=True)
class Sender:
    """Who messages come from. `reply_to` is the from address unless said; `phone` is the number that texts come from."""

    from_name: str
    from_address: str
    reply_to: str = ""
    postal_address: str = ""
    phone: str = ""

    @property
    def domain(self) -> str:
        """The part after the @, as the wire spells it."""
        return wire_address(self.from_address).rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail before a channel gives it its shape: names on one line, addresses as servers take them, the footer in both its texts.

    `notices` are headers that say what kind of mail it is.
    """

    to_name: str
    to_address: str
    from_name: str
    from_address: str
    reply_to: str
    subject: str
    text: str
    html: str
    message_id: str
    notices: Mapping[str, str]
    pictures: tuple[Picture, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class _Wire(Compat32):
    """Writes each header on one line, as `build` made it, and folds the subject.

    The library's newer policy takes ten times as long, loses blanks in long subjects and encodes long addresses into
    something unreadable.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """A header as it is kept. Raises ValueError for a line end in it, so that no header can be smuggled in."""
        if "\n" in value or "\r" in value:
            raise ValueError(f"the header {name} holds a line end")
        return name, value

    def fold(self, name: str, value: str) -> str:
        """A header as text, with its line end."""
        if name == "Subject" and (len(value) > _LONGEST_WORDS or not _is_plain(value)):
            charset = "us-ascii" if _is_plain(value) else "utf-8"
            value = Header(value, charset, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {value}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as bytes, with its line end. Only an address that cannot be written otherwise is not ASCII."""
        return self.fold(name, value).encode()


_WIRE = _Wire(linesep="\r\n")
# Everything is 7 bit, so that no server's extensions are needed.
_QUOTED_PRINTABLE = Charset("utf-8")
_QUOTED_PRINTABLE.body_encoding = QP


def new_message_id(domain: str, seed: str) -> str:
    """A Message-ID in the sender's domain; the same seed (recipe, record, step, try) gives the same."""
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{domain}>"


def compose(message: Message, sender: Sender) -> Letter:
    """What the e-mail says and to whom. Raises Refused when `to` is no address, ChannelDown when the office's own is none."""
    try:
        to = wire_address(message.to)
    except ValueError as wrong:
        raise Refused(str(wrong)) from None
    try:
        own, domain = wire_address(sender.from_address), sender.domain
        answers = wire_address(sender.reply_to or sender.from_address)
    except ValueError as wrong:
        raise ChannelDown(f"The office's own e-mail address cannot be used: {wrong}") from None
    footer = _footer(message, sender)
    text, html = plain_lines(message.body), html_from_text(message.body) if message.html is None else plain_lines(message.html)
    return Letter(
        to_name=one_line(message.to_name)[:_LONGEST_NAME],
        to_address=to,
        from_name=one_line(sender.from_name)[:_LONGEST_NAME],
        from_address=own,
        reply_to=answers,
        subject=one_line(message.subject or sender.from_name),
        text="\n\n".join([text.rstrip(), "\n".join(footer)] if footer else [text.rstrip()]) + "\n",
        html=_with_footer(html, footer),
        message_id=_message_id(message.message_id, domain),
        notices=_notices(message, answers),
        pictures=message.pictures,
        attachments=message.attachments,
    )


def _notices(message: Message, answers: str) -> dict[str, str]:
    """That no person wrote it, and where it sells something how not to get it any more."""
    way_out = {"List-Unsubscribe": f"<mailto:{quote(answers, safe='@')}?subject=unsubscribe>"} if message.commercial else {}
    return {"Auto-Submitted": "auto-generated", **way_out}


def build(message: Message, sender: Sender, at: datetime) -> Mail:
    """The e-mail with all its headers; `as_bytes()` has CRLF line ends. Raises Refused and ChannelDown as `compose`."""
    letter = compose(message, sender)
    # The library would look for a boundary with a regular expression of its own for each mail, which takes longer than all the rest.
    parts = [_part(letter.text, "plain"), _page(letter)]
    mail = MIMEMultipart("alternative", boundary=_boundary(letter), _subparts=parts, policy=_WIRE)
    if letter.attachments:
        beside = [mail, *map(_attached, letter.attachments)]
        mail = MIMEMultipart("mixed", boundary=_boundary(letter, "attachments"), _subparts=beside, policy=_WIRE)
    mail["From"] = _mailbox(letter.from_name, letter.from_address)
    mail["To"] = _mailbox(letter.to_name, letter.to_address)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = letter.message_id
    mail["Reply-To"] = _mailbox(letter.from_name, letter.reply_to)
    for name, value in letter.notices.items():
        mail[name] = value
    return mail


def _page(letter: Letter) -> Mail:
    """The HTML, together with the pictures that stand in it (RFC 2387)."""
    html = _part(letter.html, "html")
    if not letter.pictures:
        return html
    return MIMEMultipart(
        "related", boundary=_boundary(letter, "pictures"), _subparts=[html, *map(_picture, letter.pictures)], policy=_WIRE, type="text/html"
    )


def _picture(picture: Picture) -> Mail:
    part = MIMEImage(picture.content, "png", policy=_WIRE)
    part["Content-ID"] = f"<{picture.id}>"
    part["Content-Disposition"] = f'inline; filename="{picture.id}.png"'
    return part


def _attached(attachment: Attachment) -> Mail:
    """A file beside the mail, in the encoding that every server and mail program takes (RFC 2045)."""
    part = MIMENonMultipart(*attachment.type.partition(";")[0].split("/"), policy=_WIRE)
    part.replace_header("Content-Type", attachment.type)
    part.set_payload(base64.encodebytes(attachment.text.encode()).decode().replace("\n", "\r\n"))
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Disposition"] = f'attachment; filename="{_file_name(attachment.name)}"'
    return part


def _file_name(name: str) -> str:
    return re.sub(r"[^\w.-]", "-", name, flags=re.ASCII)


def _boundary(letter: Letter, of: str = "") -> str:
    """What stands between the parts and never in them: it is a hash of them."""
    whole = f"{of}{letter.message_id}{letter.text}{letter.html}".encode("utf-8", "surrogatepass")
    return f"=_{hashlib.sha256(whole).hexdigest()[:32]}"


def _mailbox(name: str, address: str) -> str:
    """`"Li, Ann" <ann@customer.example>`, the name encoded where it has to be."""
    if not address.isascii():
        return address
    return formataddr((name, address)) if _is_plain(name) else f"{Header(name, 'utf-8').encode(linesep='')} <{address}>"


def _is_plain(text: str) -> bool:
    """Whether a header can hold the text as it stands: ASCII, nothing that looks encoded, no word longer than a line."""
    return text.isascii() and "=?" not in text and max(map(len, text.split()), default=0) <= _LONGEST_WORDS


def _part(text: str, kind: str) -> Mail:
    plain = text.isascii() and all(len(line) <= _LONGEST_LINE for line in text.split("\n"))
    return MIMEText(text, kind, "us-ascii" if plain else _QUOTED_PRINTABLE, policy=_WIRE)  # type: ignore[arg-type]  # takes a Charset too


def _footer(message: Message, sender: Sender) -> list[str]:
    lines = [f"{one_line(sender.from_name)}, {one_line(sender.postal_address)}"] if sender.postal_address else []
    return [*lines, WAY_OUT] if message.commercial else lines


def html_from_text(text: str) -> str:
    """A text as simple HTML: paragraphs at blank lines, line breaks, web addresses that can be clicked, all else escaped."""
    paragraphs = re.split(r"\n\s*\n", plain_lines(text).strip())
    return "\n".join(f"<p>{'<br>'.join(_linked(line) for line in paragraph.split(chr(10)))}</p>" for paragraph in paragraphs) + "\n"


def _linked(line: str) -> str:
    parts, last = [], 0
    for found in _LINK.finditer(line):
        address = escape(found[0])
        parts += [escape(line[last : found.start()], quote=False), f'<a href="{address}">{address}</a>']
        last = found.end()
    return "".join(parts) + escape(line[last:], quote=False)


def _with_footer(html: str, footer: list[str]) -> str:
    if not footer:
        return html
    lines = "<br>".join(escape(line, quote=False) for line in footer)
    block = f'<p style="color:#666;font-size:small">{lines}</p>\n'
    end = html.lower().rfind("</body>")
    return f"{html[:end]}{block}{html[end:]}" if end >= 0 else f"{html.rstrip()}\n{block}"


def _message_id(given: str, domain: str) -> str:
    """Ours as it is; a bare id is put into the sender's domain."""
    bare = re.sub(r"[^\x21-\x7e]|[<>]", "", given)
    return f"<{bare}>" if "@" in bare else f"<{bare}@{domain}>"


def wire_address(address: str) -> str:
    """An address as servers take it: the domain in ASCII. Raises ValueError when it is none, or could smuggle a second one in."""
    address = address.strip()
    if not _ADDRESS.fullmatch(address) or not address.isprintable():
        raise ValueError(f'"{one_line(address)}" is no e-mail address')
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"


def one_line(text: str) -> str:
    """The text without control characters, on one line: a header can never be smuggled in."""
    return " ".join(plain_lines(text).split())


def plain_lines(text: str) -> str:
    """The text without control characters but new lines and tabs."""
    if text.isprintable():
        return text
    text = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text)
    return "".join(character for character in text if character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"})
