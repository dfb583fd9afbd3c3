"""The readable plain text of an e-mail, whatever its sender's program made of it. Quotations and signatures stay in it."""

import re
from email.message import Message as Mail

from contractor_ops.inbox.html_text import text_from_html
from contractor_ops.inbox.mail_headers import content_of, letters, parts_of, words_of

_LONGEST = 100_000
"""More letters than anybody writes: what follows them is a machine's."""
_PHOTOS = frozenset({"image/jpeg", "image/heic", "image/heif"})
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


def plain_text(mail: Mail) -> str:
    """What the mail says: its text/plain parts, else its text/html made plain; attachments are passed over.

    "" where it holds nothing at all; where it holds attachments only, a line in brackets that names them. Never raises.
    """
    try:
        return _tidy(_words(mail)) or _attachments(mail)
    except RecursionError:
        return "[this mail's parts lie in one another without end, and cannot be read]"


def photos_in(mail: Mail) -> int:
    """How many photos came with it; the drawings of a signature (a logo is seldom a JPEG) are none."""
    return sum(
        part.get_content_type() in _PHOTOS or (part.get_content_maintype() == "image" and part.get_content_disposition() == "attachment")
        for part in mail.walk()
    )


def _words(part: Mail) -> str:
    """A part's text, and that of the parts in it; an attached mail is not this mail's words."""
    if _attachment(part):
        return ""
    if not part.is_multipart():
        return _own_words(part)
    parts = parts_of(part)
    if part.get_content_subtype() != "alternative":
        return "\n".join(words for words in map(_words, parts) if words.strip())
    plain_first = sorted(parts, key=lambda one: one.get_content_type() != "text/plain")
    return next((words for words in map(_words, plain_first) if words.strip()), "")


def _own_words(part: Mail) -> str:
    """A part that holds no others. A multipart whose parts can't be told apart is read as text."""
    kind = part.get_content_type()
    if kind not in {"text/plain", "text/html"} and part.get_content_maintype() != "multipart":
        return ""
    text = letters(content_of(part), _charset(part))
    return text_from_html(text) if kind == "text/html" or text.lstrip()[:5].lower() in {"<html", "<!doc"} else text


def _charset(part: Mail) -> str | None:
    try:
        return part.get_content_charset()
    except (LookupError, ValueError, TypeError):  # parameters torn to pieces
        return None


def _attachments(mail: Mail) -> str:
    names = dict.fromkeys(name for name in map(_attachment, mail.walk()) if name)
    return f"[attachments only: {', '.join(names)}]" if names else ""


def _attachment(part: Mail) -> str:
    """The name of an attachment, "" for a part that is none."""
    kind = part.get_content_type()
    if part.get_content_maintype() == "multipart":
        return ""
    name = _file_name(part)
    if kind == "message/rfc822":
        subject = "".join(words_of(one.get("Subject", "")) for one in parts_of(part))
        return name or f'the mail "{subject}"'
    if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
        return name or kind
    return ""


def _file_name(part: Mail) -> str:
    try:
        return words_of(part.get_filename() or "")
    except (LookupError, ValueError, TypeError):
        return "a file"


def _tidy(text: str) -> str:
    """Line ends as \\n, no control characters, no blanks at line ends, no more than one blank line on end."""
    text = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text[:_LONGEST]).replace("\xa0", " ")
    lines = (line.rstrip() for line in _UNPRINTABLE.sub("", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
