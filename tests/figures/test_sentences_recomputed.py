"""Numbers that stand in sentences, and in the text and the page of the digest: the same that were worked out a second time, or worked out here."""

import html
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.figures.raw_office import Told
from tests.figures.raw_sheets import Row
from tests.figures.raw_week import Week
from tests.figures.test_scorecard_recomputed import calls, leads, quiet, rate, typical


def figures(sentence: str) -> list[int]:
    """The whole numbers of a sentence."""
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", sentence)]


def leak(told: Told, key: str) -> Any:
    return next(one for one in told.scorecard["leaks"] if one["key"] == key)


def test_how_the_money_of_quiet_estimates_is_found(told: Told) -> None:
    won, answered = rate(told.raw)
    lines = quiet(told.raw).lines
    young = [amount for _, amount, days in lines if (days or 0) <= 90]
    counted = [amount for amount in young if amount is not None]
    old, blank = len(lines) - len(young), len(young) - len(counted)
    assert figures(leak(told, "estimates-quiet")["how"]) == [sum(counted), round(100 * won / answered), old + blank]
    told_why = [answered, 180, won, old, 90, *([blank] if blank else [])]
    assert figures(leak(told, "estimates-quiet")["because"]) == told_why


def test_what_an_answer_is_worth(told: Told) -> None:
    won, answered = rate(told.raw)
    usual = f"{round(100 * won / answered)} % close rate × ${typical(told.raw):,.0f} usual estimate"
    waiting = leads(told.raw)
    assert leak(told, "leads-unanswered")["how"] == f"{waiting.part} lead{'' if waiting.part == 1 else 's'} × {usual}"
    if money := calls(told.raw).money:
        strangers = round(money / (typical(told.raw) * won / answered))
        assert leak(told, "calls-unanswered")["how"] == f"{strangers} unknown × {usual}"


def test_credits_beside_what_is_late(told: Told) -> None:
    credit = -sum((row["balance"] for row in told.raw.invoices if row["balance"] < 0), Decimal(0))
    assert credit > 0
    assert f"credits of ${credit:,.0f} are not taken off" in leak(told, "invoices-late")["because"]


def test_rows_that_must_be_mended(week: Week) -> None:
    broken = week.ledger.rows(
        "SELECT review_id FROM review_members JOIN reviews ON reviews.id = review_id WHERE kind = 'broken' AND state = 'open'"
    )
    assert week.weekly["spoilt"].startswith(f"{len(broken)} row must be mended")


def said(digest: Row) -> list[str]:
    """What the numbers of a digest look like for people."""
    groups = [f"{one['title']}: {one['count']:,}" for one in (*digest["needs"], *digest["ahead"]) if one["count"]]
    money = [f"${one['amount']:,.2f}" for one in (*digest["needs"], *digest["ageing"]) if one["amount"]]
    rates = [f"{one['part']:,} of {one['whole']:,}" for one in digest["signals"] if one["whole"] and not one["unknown"]]
    means = [f"{one['mean']:.1f}" for one in digest["averages"]]
    weeks = [f"{entry['value']:,.0f}" for one in digest["trends"] for entry in one["weeks"]]
    measures = [f"{one['planned']:,} planned" for one in digest["measured"]]
    return [digest["subject"], *groups, *money, *rates, *means, *weeks, *measures]


def test_the_text_says_the_same_numbers(week: Week, told: Told) -> None:
    for office, digest, now in ((week.office, week.weekly, week.clock.isoformat()), (told.office, told.weekly, told.now)):
        text = office.do("digest", "--weekly", now=now).out
        assert [one for one in said(digest) if one not in text] == []


def drawn(digest: Row) -> list[str]:
    """What the page says in whole dollars, beside its pictures and in their stead."""
    lists = [one for one in (*digest["needs"], *digest["ahead"]) if one["amount"]]
    groups = [f"{one['count']:,} · ${one['amount']:,.0f}" for one in lists]
    ages = [f"{one['title']} ${one['amount']:,.0f} in {one['count']:,} invoice" for one in digest["ageing"] if one["count"]]
    series = [([entry["value"] for entry in one["weeks"]], "$" if one["unit"] == "$" else "") for one in digest["trends"]]
    weeks = [f"{unit}{values[-1]:,.0f} in the last week, {unit}{sum(values) / 12:,.0f} in an average one of 12" for values, unit in series]
    rates = [f"{one['part']:,} of {one['whole']:,}" for one in digest["signals"] if one["whole"] and not one["unknown"]]
    return [f"${digest['at_stake']:,.0f} waits for a decision in {digest['things']:,} things", *groups, *ages, *weeks, *rates]


def test_the_page_says_the_same_numbers(told: Told, tmp_path: Path) -> None:
    assert told.office.do("digest", "--weekly", "--html", str(tmp_path / "page.html"), now=told.now).code == 0
    source = (tmp_path / "page.html").read_text(encoding="utf-8")
    pictures = " ".join(re.findall(r'alt="([^"]*)"', source))
    page = re.sub(r"\s+", " ", html.unescape(f"{re.sub(r'<[^>]*>', ' ', source)} {pictures}"))
    assert [one for one in drawn(told.weekly) if one not in page] == []
