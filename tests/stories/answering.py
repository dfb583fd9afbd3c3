"""Answers to an office's messages, taken as a look into the inbox takes them."""

from datetime import datetime
from itertools import count

from contractor_ops.office import open_office
from contractor_ops.ports import Reply, RunEnd
from contractor_ops.reports.inbox_report import Came, InboxReport
from contractor_ops.work.own_messages import INBOX
from contractor_ops.work.replies import take_reply
from tests.offices import Office

ANN = "+13125550142"
_numbers = count(1)


def answers(office: Office, words: str, at: str, *, address: str = ANN, subject: str = "", names: tuple[str, ...] = ()) -> Came:
    """Somebody writes, and it is fetched in the same minute; `names` are the Message-IDs that an e-mail quotes."""
    opened = open_office(office.folder)
    moment = datetime.fromisoformat(at).replace(tzinfo=opened.zone)
    opened.clock = lambda: moment
    reply = Reply(f"test:{next(_numbers)}", "email" if "@" in address else "sms", address, moment, words, subject, answers=names)
    run = opened.ledger.open_run(INBOX, moment, True, "auto", opened.machine)
    came = take_reply(opened, reply, InboxReport(moment), run, opened.clock)
    opened.ledger.close_run(run, moment, RunEnd(0, {}))
    opened.ledger.close()
    assert came is not None
    return came
