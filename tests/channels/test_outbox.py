import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contractor_ops.channels.mail import Sender
from contractor_ops.channels.outbox import Outbox
from contractor_ops.ports import ChannelDown, Message, Refused

OFFICE = Sender("Northside Heating & Air", "office@northside.example", postal_address="412 Kedzie Ave, Chicago", phone="+13125550100")
MONDAY = datetime(2026, 11, 23, 10, 0, 5, tzinfo=UTC)
MAIL = Message("email", "ann@customer.example", "Ann Li", "Hi Ann", "<abc@northside.example>", subject="Your estimate")
TEXT = Message("sms", "+13125550142", "Ann Li", "Hi Ann, it's Northside.\nJust reply here.", "sms-1")


@pytest.fixture
def outbox(tmp_path: Path) -> Outbox:
    return Outbox(tmp_path / "outbox", OFFICE, lambda: MONDAY)


def files(outbox: Outbox) -> list[str]:
    return sorted(path.relative_to(outbox.folder).as_posix() for path in outbox.folder.rglob("*") if path.is_file())


def test_an_e_mail_becomes_a_file_that_a_mail_program_opens(outbox: Outbox) -> None:
    receipt = outbox.deliver(replace(MAIL, html="<p>Hi <b>Ann</b></p>", commercial=True))
    assert files(outbox) == [receipt.provider_id]
    assert receipt.provider_id.startswith("email/20261123T100005-ann@customer.example-")
    mail = email.message_from_bytes((outbox.folder / receipt.provider_id).read_bytes(), policy=email.policy.default)
    assert (mail["To"], mail["Subject"]) == ("Ann Li <ann@customer.example>", "Your estimate")
    assert (mail["Message-ID"], mail["Date"].datetime) == ("<abc@northside.example>", MONDAY)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "unsubscribe" in mail["List-Unsubscribe"]


def test_a_text_becomes_a_file_that_anybody_opens(outbox: Outbox) -> None:
    receipt = outbox.deliver(TEXT)
    assert receipt.provider_id.startswith("sms/20261123T100005-+13125550142-")
    assert (outbox.folder / receipt.provider_id).read_text(encoding="utf-8") == (
        "To: +13125550142\nFrom: +13125550100\nDate: Mon, 23 Nov 2026 10:00:05 +0000\nId: sms-1\n\n"
        "Hi Ann, it's Northside.\nJust reply here.\n"
    )


def test_nothing_is_made_before_the_first_message(outbox: Outbox) -> None:
    assert outbox.left(TEXT, MONDAY) is False
    assert not outbox.folder.exists()


def test_it_knows_which_messages_have_left(outbox: Outbox) -> None:
    receipts = [outbox.deliver(MAIL), outbox.deliver(TEXT)]
    assert [outbox.left(MAIL, MONDAY), outbox.left(TEXT, MONDAY)] == receipts
    assert outbox.left(replace(TEXT, message_id="sms-2"), MONDAY) is False


def test_a_file_that_was_never_finished_has_not_left(outbox: Outbox) -> None:
    receipt = outbox.deliver(TEXT)
    done = outbox.folder / receipt.provider_id
    done.rename(done.with_name(f".{done.name}.part"))
    assert outbox.left(TEXT, MONDAY) is False


def test_no_message_overwrites_another(outbox: Outbox) -> None:
    outbox.deliver(TEXT)
    outbox.deliver(replace(TEXT, body="Another"))
    outbox.deliver(replace(TEXT, message_id="sms-2"))
    bodies = sorted((outbox.folder / name).read_text(encoding="utf-8").partition("\n\n")[2] for name in files(outbox))
    assert bodies == ["Another\n", "Hi Ann, it's Northside.\nJust reply here.\n", "Hi Ann, it's Northside.\nJust reply here.\n"]


@pytest.mark.parametrize("number", ["../../etc/passwd", "C:\\con", "a/b*c?d", "x" * 500, "+1 312\n555"])
def test_an_odd_number_stays_in_its_folder_and_makes_a_name_that_every_system_takes(outbox: Outbox, number: str) -> None:
    name = Path(outbox.deliver(replace(TEXT, to=number)).provider_id)
    assert name.parent == Path("sms")
    assert len(name.name) < 150
    assert not set(name.name) & set('<>:"/\\|?*\n ')


def test_a_line_end_in_a_number_makes_no_second_header(outbox: Outbox) -> None:
    receipt = outbox.deliver(replace(TEXT, to="+1312\nFrom: evil"))
    assert (outbox.folder / receipt.provider_id).read_text(encoding="utf-8").splitlines()[0] == "To: +1312 From: evil"


def test_what_is_no_e_mail_address_is_refused(outbox: Outbox) -> None:
    with pytest.raises(Refused, match="is no e-mail address"):
        outbox.deliver(replace(MAIL, to="ann at customer.example"))
    assert not outbox.folder.exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file stands in the way")
    with pytest.raises(ChannelDown, match="cannot be written"):
        Outbox(tmp_path / "outbox", OFFICE, lambda: MONDAY).deliver(TEXT)


def test_nothing_leaves_this_machine(outbox: Outbox) -> None:
    assert (outbox.name, outbox.local) == ("outbox", True)
