"""Answers by e-mail, and mail that came back, from the office's mailbox. Nothing in it is changed, moved or marked as read."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from email.message import Message as Mail

from contractor_ops.inbox.bounces import failures, is_delivery_report, may_be_bounce, returned_message_id
from contractor_ops.inbox.imap_mailbox import Head, Mailbox
from contractor_ops.inbox.mail_headers import identity, refers_to, sender, telling_headers, words_of, written_at
from contractor_ops.inbox.mail_text import photos_in, plain_text
from contractor_ops.inbox.settings import ImapSettings
from contractor_ops.ports import Arrival, Batch, Concerns, InboxDown, Reply, Result, SentMessage

_BATCH = 50
_WAY_OUT = "unsubscribe"
"""The subject that the List-Unsubscribe link of our own mails gives."""
_NOT_GIVEN = "[the mailbox server does not hand over the words of this mail]"


class Imap:
    """A mailbox as an inbox. Its cursor is "<uidvalidity>:<last uid>"; where the server has numbered anew it starts again by date.

    `own` are the office's addresses beside the user's: what they write is no reply.
    """

    name = "imap"
    asks_after = timedelta(days=1)

    def __init__(self, settings: ImapSettings, password: str, own: Collection[str] = ()) -> None:
        self.settings = settings
        self._mailbox = Mailbox(settings, password)
        self._own = {address.lower() for address in (settings.user, *own)}

    def fetch(self, cursor: str, since: datetime, concerns: Concerns) -> Iterator[Batch]:
        """What has come since, as ports.Inbox says; a batch is what was found among so many mails. Raises InboxDown."""
        folder, mailbox = self.settings.folder, self._mailbox
        validity, next_uid = mailbox.numbering(folder)
        known, _, last = cursor.partition(":")
        oldest = None if known == validity and last.isdecimal() else since
        uids = mailbox.uids_since(folder, since) if oldest else mailbox.uids_after(folder, int(last))
        for begin in range(0, len(uids), _BATCH):
            some = uids[begin : begin + _BATCH]
            heads = [head for head in mailbox.heads(folder, some) if oldest is None or head.arrived >= oldest]
            yield Batch(tuple(one for head in heads for one in self._arrivals(head, concerns)), f"{validity}:{some[-1]}")
        if oldest and not uids and next_uid:
            yield Batch((), f"{validity}:{next_uid - 1}")

    def in_sent_folder(self, message_id: str, since: datetime) -> bool | None:
        """Whether the folder of sent mail holds a message of ours (since: aware); None where there is none, or it cannot be asked.

        False proves nothing: many servers leave it to the mail program to put a copy there.
        """
        try:
            folder = self._mailbox.sent_folder()
            return None if folder is None else bool(self._mailbox.uids_since(folder, since, message_id))
        except InboxDown:
            return None

    def probe(self) -> None:
        """Connect, log in, look into the folder and hang up again. Raises InboxDown with what is wrong."""
        self.close()
        self._mailbox.numbering(self.settings.folder)
        self.close()

    def became(self, messages: Sequence[SentMessage]) -> Iterator[Result]:
        """A mailbox knows only what comes back."""
        return iter(())

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        self._mailbox.close()

    def _arrivals(self, head: Head, concerns: Concerns) -> list[Arrival]:
        """What a mail means to us: nothing, an answer, or what could not be delivered."""
        if not may_be_bounce(head.mail):
            return [self._reply(head, self._whole(head))] if self._is_for_us(head.mail, concerns) else []
        mail = self._whole(head)
        if mail is None:
            return []
        found = failures(mail, head.arrived)
        if found or is_delivery_report(mail):
            return [one for one in found if concerns(one.address, [one.message_id])]
        # An automatic answer, or a bounce in words that nobody knows: whoever it concerns reads it.
        return [self._reply(head, mail)] if self._is_for_us(mail, concerns, returned_message_id(mail)) else []

    def _is_for_us(self, mail: Mail, concerns: Concerns, *more: str) -> bool:
        _, address = sender(mail)
        if address in self._own:
            return False
        asks_out = words_of(mail.get("Subject", "")).lower() == _WAY_OUT
        return asks_out or concerns(address, [*refers_to(mail), *filter(None, more)])

    def _whole(self, head: Head) -> Mail | None:
        return self._mailbox.whole(self.settings.folder, head)

    def _reply(self, head: Head, whole: Mail | None) -> Reply:
        mail = head.mail if whole is None else whole
        name, address = sender(mail)
        return Reply(
            f"imap:{identity(mail)}", "email", address, written_at(mail, head.arrived), _NOT_GIVEN if whole is None else plain_text(mail),
            words_of(mail.get("Subject", "")), name, tuple(refers_to(mail)), telling_headers(mail),
            0 if whole is None else photos_in(mail),
        )  # fmt: skip
