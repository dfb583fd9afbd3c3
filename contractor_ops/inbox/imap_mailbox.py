"""The few things that are asked of an IMAP server: which mails there are, their heads, and one of them whole.

Folders are only looked into (EXAMINE) and mails only peeked at (BODY.PEEK): nothing is changed, moved or marked as read.
"""

import contextlib
import imaplib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message as Mail
from typing import TYPE_CHECKING

from contractor_ops.inbox.imap_connection import connect, down, plain_words, said
from contractor_ops.inbox.mail_headers import read_date, read_mail
from contractor_ops.inbox.settings import ImapSettings
from contractor_ops.ports import InboxDown

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_FIELDS = "FROM DATE SUBJECT MESSAGE-ID IN-REPLY-TO REFERENCES RETURN-PATH CONTENT-TYPE"
_LARGE, _PIECE = 5_000_000, 200_000
"""Of a mail of more bytes than the first, only this much is fetched from its beginning and from its end: between them are attachments."""
_GOODBYE = 1.0  # seconds
_SENT_NAMES = {"sent", "sent items", "sent mail", "sent messages", "enviados", "elementos enviados"}


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a mail before it is fetched whole: `mail` has only its headers, and of those the few that we ask for."""

    uid: int
    size: int
    arrived: datetime
    mail: Mail


class Mailbox:
    """A mailbox over one connection that is kept open. Everything here raises InboxDown."""

    def __init__(self, settings: ImapSettings, password: str) -> None:
        self.settings = settings
        self._password = password
        self._kept: BaseMailBox | None = None

    def numbering(self, folder: str) -> tuple[str, int]:
        """A folder's UIDVALIDITY, and the UID that the next mail will get (0: the server doesn't say)."""
        with self._in(folder, anew=True) as box:
            validity, next_uid = (box.client.response(code)[1][0] for code in ("UIDVALIDITY", "UIDNEXT"))
        return (validity or b"0").decode(), int(next_uid or 0)

    def uids_after(self, folder: str, uid: int) -> list[int]:
        """The mails with a higher UID. A range ends with the last mail whatever its UID is (RFC 3501, 6.4.8), so that one may be too low."""
        return [one for one in self._search(folder, f"UID {uid + 1}:*") if one > uid]

    def uids_since(self, folder: str, since: datetime, message_id: str = "") -> list[int]:
        """The mails that arrived on that day (aware) or after it; a day more, for the server goes by its own zone.

        With a Message-ID, those of them that have it.
        """
        from imap_tools import AND, H

        day = (since.astimezone(UTC) - timedelta(days=1)).date()
        return self._search(folder, str(AND(date_gte=day, header=H("Message-ID", message_id)) if message_id else AND(date_gte=day)))

    def heads(self, folder: str, uids: Sequence[int]) -> list[Head]:
        """The mails of these UIDs that are still there, without their text."""
        wanted = ",".join(map(str, uids))
        with self._in(folder) as box:
            answers = list(_fetched(box, wanted, f"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS ({_FIELDS})])"))
        heads = [_head(about, content) for about, content in answers]
        return sorted((head for head in heads if head.uid in set(uids)), key=lambda head: head.uid)

    def whole(self, folder: str, head: Head) -> Mail | None:
        """A mail with its text; None where the server doesn't give it: it has gone meanwhile, or is damaged."""
        from imap_tools import UnexpectedCommandStatusError

        pieces = ["[]"] if head.size <= _LARGE else [f"[]<0.{_PIECE}>", f"[]<{head.size - _PIECE}.{_PIECE}>"]
        contents = []
        with self._in(folder) as box:
            try:
                for piece in pieces:
                    contents += [content for _, content in _fetched(box, str(head.uid), f"(UID BODY.PEEK{piece})")][:1]
            except imaplib.IMAP4.abort:
                raise
            except (UnexpectedCommandStatusError, imaplib.IMAP4.error):
                return None
        return read_mail(b"\r\n".join(contents)) if contents else None

    def sent_folder(self) -> str | None:
        """The folder that holds what was sent: as settings say, as the server marks it (RFC 6154), else by its name."""
        if self.settings.sent_folder:
            return self.settings.sent_folder
        with self._asked() as box:
            folders = box.folder.list()
        marked = [one.name for one in folders if "\\sent" in (flag.lower() for flag in one.flags)]
        named = [one.name for one in folders if one.name.split(one.delim or "\0")[-1].lower() in _SENT_NAMES]
        return next(iter([*marked, *named]), None)

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        box, self._kept = self._kept, None
        if box is not None:
            with contextlib.suppress(InboxDown), plain_words(self.settings):  # a server that is gone or slow needs no goodbye
                box.client.sock.settimeout(min(self.settings.timeout, _GOODBYE))
                box.logout()
            _hang_up(box)

    def _search(self, folder: str, criteria: str) -> list[int]:
        with self._in(folder) as box:
            return sorted(int(uid) for uid in box.uids(criteria, charset=None))

    @contextmanager
    def _in(self, folder: str, anew: bool = False) -> "Iterator[BaseMailBox]":
        """The connection, looking into a folder; with `anew` the server says again what is in it."""
        from imap_tools import MailboxFolderSelectError

        with self._asked() as box:
            if anew or box.folder.get() != folder:
                try:
                    box.folder.set(folder, readonly=True)
                except MailboxFolderSelectError as error:
                    down(self.settings, f'has no folder "{folder}" that can be looked into', said(error))
            yield box

    @contextmanager
    def _asked(self) -> "Iterator[BaseMailBox]":
        """The connection; one that breaks is let go, so that the next question opens another."""
        self._kept = self._kept or connect(self.settings, self._password)
        try:
            with plain_words(self.settings):
                yield self._kept
        except BaseException:
            box, self._kept = self._kept, None
            _hang_up(box)
            raise


def _hang_up(box: "BaseMailBox | None") -> None:
    if box is not None:
        with contextlib.suppress(OSError):
            box.client.shutdown()


def _fetched(box: "BaseMailBox", uids: str, what: str) -> Iterator[tuple[bytes, bytes]]:
    """Each mail that the server gives: what it says about it, and its content.

    What stands before the content and after it belongs together: Exchange gives the UID after it. A server may go on to tell what somebody
    marks on other mails at this moment, so that of two UIDs the first one counts.
    """
    from imap_tools import MailboxFetchError
    from imap_tools.utils import check_command_status

    result = box.client.uid("FETCH", uids, what)
    check_command_status(result, MailboxFetchError)
    answers: list[tuple[bytes, bytes]] = []
    for item in result[1]:
        if isinstance(item, tuple):
            answers.append((item[0], item[1]))
        elif item and answers:
            answers[-1] = (answers[-1][0] + item, answers[-1][1])
    yield from answers


def _head(about: bytes, content: bytes) -> Head:
    text = about.decode("ascii", "replace")
    uid, size = (re.search(rf"\b{name} (\d+)", text) for name in ("UID", r"RFC822\.SIZE"))
    date = re.search(r'\bINTERNALDATE "([^"]*)"', text)
    arrived = read_date(date[1]) if date else None
    return Head(int(uid[1]) if uid else 0, int(size[1]) if size else 0, arrived or datetime.now(UTC), read_mail(content))
