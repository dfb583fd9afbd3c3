"""Mail that came back: which address it could not be delivered to, and why, in plain words.

Delivery reports after RFC 3464 are read with the standard library; what older servers write in words of their own with flufl.bounce.
"""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from email.message import Message as Mail
from email.parser import BytesHeaderParser

from contractor_ops.inbox.mail_headers import content_of, header, identity, message_ids, parts_of, refers_to
from contractor_ops.ports import Result

_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_SERVERS = re.compile(r"\b(mailer[-_.]?daemon|postmaster|mail delivery (sub)?system)\b", re.IGNORECASE)
_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_ANSWER = re.compile(r"(?<![\d.])[45]\d\d[ -].*", re.DOTALL)
_SMTP_CODES = re.compile(
    r"\(#[245]\.\d{1,3}\.\d{1,3}\)|\b[45]\d\d[ -](?=[45]\.\d{1,3}\.\d{1,3}\b)|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)[ :;-]*"
)
_QUOTED_ID = re.compile(r"^[>\s]*message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_MOST_WORDS, _LOOKED_AT = 160, 200_000

_MEANINGS = {
    "1.1": "the mailbox does not exist",
    "1.2": "the part after the @ does not exist",
    "1.3": "the address is not valid",
    "1.6": "the mailbox has moved away",
    "1.10": "the mailbox does not exist",
    "2.1": "the mailbox is switched off",
    "2.2": "the mailbox is full",
    "2.3": "the message is too large for the mailbox",
    "3.4": "the message is too large for the mail server",
    "4.1": "the mail server does not answer",
    "4.4": "the mail server cannot be found",
    "4.6": "mail to this address goes round in a circle",
    "4.7": "the mail server did not take it in time",
}
"""Subject and detail of an enhanced status code (RFC 3463), whatever its class."""
_NOT_OURS = "the mail server does not believe that it comes from the office (SPF, DKIM, DMARC)"
_UNBELIEVED = {*(f"7.{detail}" for detail in range(20, 28)), "7.509", "7.515"}
"""RFC 7372, and Microsoft's own: the office's domain has to be mended, whoever is written to."""
_HINTS = (
    (re.compile(r"quota|(mail)?box(es)?( is)? full|storage|over ?limit", re.IGNORECASE), "the mailbox is full"),
    (re.compile(r"disabled|inactive|suspended|deactivated|no longer (active|available|accept)", re.IGNORECASE), "the mailbox is switched off"),
    (re.compile(r"unknown (user|recipient)|(user|recipient|mailbox|address)( is)? (unknown|not found)|(does not|doesn't|not) exist|"
                r"no such|no mailbox|recipient address rejected|invalid (recipient|mailbox)", re.IGNORECASE), "the mailbox does not exist"),
    (re.compile(r"spam|junk|block(ed|ing|list)|black ?list|reputation|policy|content (rejected|refused)", re.IGNORECASE),
     "it was refused as spam or by policy"),
)  # fmt: skip
_VAGUE = {"0.0", "1.0", "2.0", "3.0", "4.0", "4.1", "5.0", "6.0", "7.0", "7.1"}


def may_be_bounce(mail: Mail) -> bool:
    """Whether the headers alone are those of a bounce: a report, an empty return path, a mail server as sender."""
    report = mail.get_content_type() == "multipart/report"
    return report or header(mail, "Return-Path") == "<>" or bool(_SERVERS.search(header(mail, "From")))


def is_delivery_report(mail: Mail) -> bool:
    """Whether it is a report after RFC 3464, also one that tells of a delay or of success."""
    return any(True for _ in _recipients(mail))


def failures(mail: Mail, at: datetime) -> list[Result]:
    """What the mail says could not be delivered for good, at `at` (aware); nothing where it is delayed, delivered, or no bounce."""
    blocks = list(_recipients(mail))
    found = [_reported(block) for block in blocks if _has_failed(block)] if blocks else list(_recognised(mail))
    ours, key = returned_message_id(mail), f"imap:bounce:{identity(mail)}"
    results = []
    for address, code, said in found:
        if address or ours:
            meaning = _meaning(code, said)
            results.append(Result(f"{key}:{address}", "email", "failed", at, message_id=ours, address=address, code=code,
                                  reason=_sentence(meaning, code, said), blocks=meaning == _NOT_OURS))  # fmt: skip
    return list({one.key: one for one in results}.values())


def returned_message_id(mail: Mail) -> str:
    """The Message-ID of the message that came back, "" where the bounce doesn't show it."""
    for part in mail.walk():
        inner = _returned(part)
        found = message_ids(header(inner, "Message-ID")) if inner is not None else []
        if found:
            return found[0]
    quoted = _QUOTED_ID.search(_letters(mail))
    return quoted[1] if quoted else next(iter(refers_to(mail)), "")


def _returned(part: Mail) -> Mail | None:
    """The message, or its headers alone, that a bounce brings back."""
    kind = part.get_content_type()
    if kind in {"text/rfc822-headers", "message/rfc822-headers"} and not part.is_multipart():
        return BytesHeaderParser().parsebytes(content_of(part).lstrip())
    return next(iter(parts_of(part)), None) if kind.startswith("message/") and kind not in _REPORTS else None


def _recipients(mail: Mail) -> Iterator[Mail]:
    """The blocks of a delivery report, one for each address that it is about."""
    for part in mail.walk():
        if part.get_content_type() in _REPORTS:
            yield from (block for block in parts_of(part) if "Action" in block or "Final-Recipient" in block)


def _has_failed(block: Mail) -> bool:
    """Some servers put a comment after the action, OpenSMTPD says "error", and a few say nothing but the status."""
    action = header(block, "Action").lower()
    return action.startswith(("fail", "error")) or (not action and header(block, "Status").startswith("5"))


def _reported(block: Mail) -> tuple[str, str, str]:
    """Address, code and the server's words. The original recipient is whom we wrote to, the final one may be whom they forward to."""
    address = next(filter(None, (_address(header(block, name)) for name in ("Original-Recipient", "Final-Recipient"))), "")
    said = header(block, "Diagnostic-Code")
    status, inside = _CODE.search(header(block, "Status")), _CODE.search(said)
    code = status[1] if status else ""
    if inside and code.partition(".")[2] in _VAGUE | {""}:
        code = inside[1]
    return address, code, re.sub(r"^[\w-]+\s*;\s*", "", said)


def _address(text: str) -> str:
    """`rfc822; <Ann@Customer.example>` as ann@customer.example; "" where it is no e-mail address."""
    bare = text.rpartition(";")[2].strip().strip("<>").strip().lower()
    return bare if "@" in bare and " " not in bare else ""


def _recognised(mail: Mail) -> Iterator[tuple[str, str, str]]:
    """What flufl.bounce finds in the words of servers that write no report; what may pass is no failure."""
    from flufl.bounce import all_failures

    logging.getLogger("flufl.bounce").disabled = True  # it logs a traceback beside the error that it raises
    try:
        _, permanent = all_failures(mail)
    except Exception:  # a pattern of its fifteen fell over an odd mail: then it is looked at as any other mail
        return
    letters = _letters(mail)
    for raw in sorted(permanent):
        address = _address(raw.decode("ascii", "replace"))
        at = letters.lower().find(address)
        said = re.split(r"\n\s*\n|\n-{2,}", letters[at + len(address) :], maxsplit=1)[0].lstrip(">: \r\n") if address and at >= 0 else ""
        code = _CODE.search(said)
        answer = _ANSWER.search(said)  # before it they tell which server they asked, and when
        yield address, code[1] if code else "", answer[0] if answer else said


def _letters(mail: Mail) -> str:
    """All that the mail's text parts say, the returned message included where it is quoted in the text."""
    texts = [content_of(part) for part in mail.walk() if part.get_content_type() == "text/plain"]
    return b"\n".join(texts)[:_LOOKED_AT].decode("utf-8", "replace").replace("\r\n", "\n")


def _meaning(code: str, said: str) -> str:
    detail = code.partition(".")[2]
    if detail in _UNBELIEVED:
        return _NOT_OURS
    hinted = next((meaning for pattern, meaning in _HINTS if pattern.search(said)), "")
    if detail in _VAGUE | {""} and hinted:
        return hinted
    if detail in _MEANINGS:
        return _MEANINGS[detail]
    return "it was refused as spam or by policy" if detail.startswith("7.") else hinted or "the mail server refused it for good"


def _sentence(meaning: str, code: str, said: str) -> str:
    words = " ".join(_SMTP_CODES.sub("", said).split())
    shortened = words if len(words) <= _MOST_WORDS else words[: _MOST_WORDS - 1].rsplit(" ", 1)[0] + "…"
    return f"{meaning}{f' ({code})' if code else ''}{f': {shortened}' if shortened else ''}"
