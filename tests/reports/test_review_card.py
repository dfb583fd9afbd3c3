"""One item on one screen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from contractor_ops.ports import ReviewItem, ReviewMember, StepKey
from contractor_ops.reports.review_card import Card, CustomerStory, Open, Remark, Said, keys_lines, note_lines, show_card, words_of
from contractor_ops.tables.record import Place

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)
MEMBER = ReviewMember(StepKey("2042", "second"), "r", "w", Place("invoices.xlsx", "2026", 12), "Ann Li", Decimal(1250))
ITEM = ReviewItem("invoice-reminders", "k", "message", "office", "14 days overdue: a person releases it", (MEMBER,), "Ann Li", Decimal(1250), "email",
                  "ann@li.example", "Your invoice", "Dear Ann,\n\nplease pay.\n\nDana", table="invoices", id=7, created_at=NOW - timedelta(days=2), note="call first")  # fmt: skip
STORY = CustomerStory(
    ("+13125550142",), (Said(NOW - timedelta(days=3), "they", "sms", "Can I pay\nFriday?"),), (Open("estimate E-9", Decimal(90), "sent", date(2026, 11, 2)),)
)  # fmt: skip
CARD = Card(ITEM, 3, 41, "Maria Lopez", "Invoice reminders", STORY, "Dana Reed is away until Dec 1")


def test_a_card_from_top_to_bottom() -> None:
    assert [line.text for line in show_card(CARD, NOW, 79, 22).lines] == [
        "3 of 41  Ann Li · invoice 2042 · $1,250.00",
        "Why: 14 days overdue: a person releases it",
        "     Invoice reminders, for Maria Lopez (Dana Reed is away until Dec 1),",
        "     waiting 2 days",
        "     invoices.xlsx, sheet 2026, row 12",
        "Note: call first",
        "Said",
        "  Fri, Nov 20  they: Can I pay Friday?",
        "Also open",
        "  estimate E-9, sent Mon, Nov 2  $90.00",
        "To ann@li.example by e-mail:",
        "  Subject: Your invoice",
        "  Dear Ann,",
        "",
        "  please pay.",
        "",
        "  Dana",
    ]


@pytest.mark.parametrize("width", [40, 60, 79, 200])
@pytest.mark.parametrize("height", [5, 9, 14, 22])
def test_a_card_never_leaves_its_screen_and_says_whether_the_words_fit(width: int, height: int) -> None:
    shown = show_card(CARD, NOW, width, height)
    assert len(shown.lines) <= height
    assert max(len(line.text) for line in shown.lines) <= width
    assert shown.whole == (shown.lines[-1].text == "  Dana")


@pytest.mark.parametrize("height", [9, 14, 22])
def test_a_long_note_stands_above_the_words_is_cut_on_the_card_and_whole_where_it_is_asked_about(height: int) -> None:
    note = Remark("invoice 2103", "Her lawyer wrote. " + "And more of it. " * 60 + "The end.", True)
    shown = show_card(replace(CARD, story=replace(STORY, notes=(note,))), NOW, 79, height)
    lines = [line.text for line in shown.lines]
    assert len(lines) <= height and shown.whole == ("  Dana" in lines)
    assert any(line.startswith("Invoice 2103 says: Her lawyer wrote.") for line in lines) and not any("The end." in line for line in lines)
    assert "The end." in note_lines([note], 79)[-1].text


def test_one_of_our_own_is_named_above_the_words() -> None:
    told = show_card(replace(CARD, story=replace(STORY, recipient="Luis Ortega, technician")), NOW, 79, 22)
    assert "To Luis Ortega, technician, at ann@li.example by e-mail:" in [line.text for line in told.lines]
    head = words_of([ITEM], 79, {7: "Luis Ortega, technician"})[0].text
    assert head == "7  Luis Ortega, technician, about Ann Li, at ann@li.example"


def test_the_story_gives_way_before_the_words_do() -> None:
    lines = [line.text for line in show_card(CARD, NOW, 79, 14).lines]
    assert "  Dana" in lines and "Also open" not in lines


def test_what_cells_and_customers_write_stays_letters() -> None:
    nasty = "\x1b[31mred\x07\nSecond: line\u202e"
    item = replace(ITEM, customer=nasty, reason=nasty, subject=nasty, body=nasty, note=nasty)
    story = CustomerStory((), (Said(NOW, "they", "sms", nasty),), (Open(nasty, None, "due", None),), (Remark(nasty, nasty),), nasty)
    told = [line.text for line in (*show_card(replace(CARD, item=item, story=story), NOW, 79, 40).lines, *words_of([item], 79, {7: nasty}))]
    assert not any(ord(letter) < 32 or letter in "\x7f\u202e" for text in told for letter in text)


def test_only_the_keys_that_mean_something_are_offered() -> None:
    def keys(item: ReviewItem, alike: int = 1, can_undo: bool = False) -> str:
        return " ".join(line.text for line in keys_lines(item, alike, can_undo, 79))

    assert keys(ITEM).startswith("r release  e edit") and "group" not in keys(ITEM) and "undo" not in keys(ITEM)
    assert "g group of 4" in keys(ITEM, 4) and "u undo" in keys(ITEM, 1, True)
    assert "release" not in keys(replace(ITEM, kind="task")) and "edit" not in keys(replace(ITEM, kind="row"))


@pytest.mark.parametrize("width", [30, 59, 79])
def test_no_key_is_broken_in_two(width: int) -> None:
    lines = [line.text for line in keys_lines(ITEM, 12, True, width)]
    assert max(map(len, lines)) <= width
    assert all(part[1] == " " for line in lines for part in line.split("  "))


def test_the_words_of_a_backlog_stand_with_their_customers() -> None:
    members = tuple(replace(MEMBER, customer=name, body=f"Hi {name}") for name in ("Ann", "Bo"))
    backlog = replace(ITEM, customer=None, to=None, body=None, subject=None, members=members)
    assert [line.text for line in words_of([backlog], 79)] == ["7  Ann", "   Hi Ann", "7  Bo", "   Hi Bo"]
    assert [line.text for line in show_card(replace(CARD, item=backlog, story=CustomerStory()), NOW, 79, 22).lines][-2:] == [
        "  Ann: Hi Ann",
        "  Bo: Hi Bo",
    ]


@pytest.mark.parametrize(
    ("opened", "told"),
    [
        (Open("invoice 9", Decimal(90), "due", date(2026, 11, 15)), "  invoice 9, due Sun, Nov 15  $90.00, 8 days late"),
        (
            Open("invoice 9", Decimal(90), "due", date(2026, 11, 22), "disputed"),
            "  invoice 9, due Sun, Nov 22  $90.00, 1 day late, disputed",
        ),
        (Open("invoice 9", Decimal(90), "due", date(2026, 11, 23)), "  invoice 9, due Mon, Nov 23  $90.00"),
        (Open("invoice CM-1", Decimal(-90), "due", None, "a credit"), "  invoice CM-1  -$90.00, a credit"),
        (Open("estimate E-9", Decimal(90), "sent", date(2026, 11, 2)), "  estimate E-9, sent Mon, Nov 2  $90.00"),
    ],
)
def test_what_is_open_says_how_late_it_is_and_what_is_out_of_the_ordinary(opened: Open, told: str) -> None:
    card = replace(CARD, story=replace(STORY, open=(opened,)))
    assert told in [line.text for line in show_card(card, NOW, 79, 22).lines]
