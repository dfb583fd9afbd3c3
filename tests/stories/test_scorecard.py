"""Where the office leaks, from its spreadsheets alone; and the recipe that mends the first leak."""

import csv
import io
import os
import re
import shutil
import statistics
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from contractor_ops.work.demo import make_demo
from tests.offices import Ran
from tests.stories.at_a_terminal import Terminal
from tests.stories.inside import Office, run_main

NOW = "2026-11-25T10:00"
TODAY = date(2026, 11, 25)
SAVED = datetime(2026, 11, 23, 15, tzinfo=UTC).timestamp()
SHIPPED = Path(__file__).parents[2] / "recipes"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "office"
    make_demo(folder, "2026-11-23T10:00")
    for file in folder.rglob("*"):
        os.utime(file, (SAVED, SAVED))
    return folder


@pytest.fixture
def office(sample: Path, tmp_path: Path) -> Office:
    """The sample office, in a copy that may be written to, without recipes of its own."""
    folder = Path(shutil.copytree(sample, tmp_path / "office"))
    shutil.rmtree(folder / "recipes")
    made = Office.__new__(Office)
    made.folder = folder
    return made


@pytest.fixture
def bare(sample: Path, tmp_path: Path) -> Path:
    """Its spreadsheets, in a folder that is no office."""
    folder = Path(shutil.copytree(sample, tmp_path / "papers"))
    shutil.rmtree(folder / "recipes")
    (folder / "config.toml").unlink()
    return folder


def scorecard(folder: Path, *words: str) -> Ran:
    """The command in a folder that is no office yet, as its user would type it."""
    out, err = io.StringIO(), io.StringIO()
    code = run_main(["scorecard", str(folder), "--now", NOW, *words], {}, out, err)
    return Ran(code, out.getvalue(), err.getvalue())


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# ── every figure, from the raw sheets ──


def sheet(file: Path, heading: str) -> list[dict[str, Any]]:
    """The rows of a workbook's first sheet below its heading row, without blank, repeated and total lines."""
    rows = [*openpyxl.load_workbook(file, data_only=True).worksheets[0].iter_rows(values_only=True)]
    first = next(at for at, row in enumerate(rows) if row[0] == heading)
    return [dict(zip(map(str, rows[first]), row, strict=True)) for row in rows[first + 1 :] if row[0] not in {None, heading, "TOTAL"}]


def lines(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def digits(text: object) -> str:
    return re.sub(r"\D", "", str(text or "").partition("ext")[0])[-10:]


def dollars(text: str) -> Decimal:
    return Decimal(re.sub(r"[$,]", "", text))


class ByHand:
    """What a person with a pencil finds in the sample's sheets on Wednesday, November 25."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.estimates = sheet(folder / "estimates.xlsx", "Estimate #")
        self.jobs = sheet(folder / "jobs.xlsx", "Job #")
        self.invoices = [one for one in lines(next((folder / "exports").glob("invoices_*.csv"))) if one["Invoice #"] != "Total"]
        sent = [one for one in self.estimates if self.sent(one) and TODAY - timedelta(180) <= self.sent(one) < TODAY]
        won = [one for one in sent if self.word(one) in {"accepted", "won", "converted"}]
        lost = [one for one in sent if self.word(one) in {"declined", "lost", "expired"}]
        lost += [one for one in sent if self.word(one) in {"sent", "viewed"} and self.has_run_out(one)]
        self.rate = Decimal(len(won)) / (len(won) + len(lost))
        self.typical = statistics.median([Decimal(one["Total"]) for one in won if isinstance(one["Total"], int | float)])

    @staticmethod
    def word(row: dict[str, Any]) -> str:
        return str(row["Status"] or "").strip().lower()

    @staticmethod
    def sent(row: dict[str, Any]) -> Any:
        day = row["Emailed"] if isinstance(row["Emailed"], datetime) else row["Created"]
        return day.date() if isinstance(day, datetime) else None

    @staticmethod
    def has_run_out(row: dict[str, Any]) -> bool:
        return isinstance(row["Expires"], datetime) and row["Expires"].date() < TODAY

    def quiet(self) -> tuple[set[str], Decimal]:
        named = {one["Estimate #"] for one in self.jobs if one["Estimate #"]}
        quiet = [one for one in self.estimates if self.word(one) in {"sent", "viewed"} and one["Estimate #"] not in named
                 and self.sent(one) and (TODAY - self.sent(one)).days >= 7]  # fmt: skip
        young = [Decimal(one["Total"]) for one in quiet if (TODAY - self.sent(one)).days <= 90 and isinstance(one["Total"], int | float)]
        return {one["Estimate #"] for one in quiet}, (sum(young, Decimal(0)) * self.rate).quantize(Decimal(1))

    def leads(self) -> tuple[set[str], Decimal]:
        new = {one["Lead #"] for one in lines(self.folder / "leads.csv") if one["Status"] == "New"}
        return new, (len(new) * self.rate * self.typical).quantize(Decimal(1))

    def callers(self) -> tuple[set[str], Decimal]:
        log = [
            (datetime.strptime(f"{one['Date'][4:]} {one['Time']}", "%m/%d/%Y %I:%M %p"), one)
            for one in lines(next((self.folder / "exports").glob("calls_*.csv")))
        ]
        waiting: set[str] = set()
        for _, one in sorted(log, key=lambda pair: pair[0]):
            number, seconds = (
                digits(one["Phone Number"]),
                sum(int(part) * 60**at for at, part in enumerate(reversed(one["Duration"].split(":")))),
            )
            if one["Direction"] == "Outgoing" or (one["Action Result"] == "Accepted" and seconds > 10):
                waiting.discard(number)
            elif number:
                waiting.add(number)
        known = {digits(part) for one in sheet(self.folder / "customers.xlsx", "Name") for part in str(one["Phone"] or "").split("/")}
        return waiting, (len(waiting - known) * self.rate * self.typical).quantize(Decimal(1))

    def thin(self) -> tuple[set[str], Decimal]:
        """Done before today, on no invoice, and without a note, hours, parts, photos or a signature."""
        thin = [
            one
            for one in self.done_unbilled()
            if not one["Notes"] or not one["Hours"] or not one["Parts used"] or not one["Photos"] or one["Signature"] != "Yes"
        ]
        return {one["Job #"] for one in thin}, sum((Decimal(one["Total"]) for one in thin), Decimal(0))

    def unbilled(self) -> tuple[set[str], Decimal]:
        thin, _ = self.thin()
        late = [one for one in self.done_unbilled() if one["Job #"] not in thin and (TODAY - one["Completed"].date()).days >= 3]
        return {one["Job #"] for one in late}, sum((Decimal(one["Total"]) for one in late), Decimal(0))

    def done_unbilled(self) -> list[dict[str, Any]]:
        """Done, and on no invoice that was sent: a draft is none."""
        billed = {number for one in self.invoices if one["Status"] != "Draft" for number in one["Job #s"].split(", ")}
        drafts = {one["Invoice #"] for one in self.invoices if one["Status"] == "Draft"}
        begun = [one for one in self.jobs if one["Status"] == "Invoiced" and str(one["Invoice #"]) in drafts]
        return begun + [one for one in self.jobs if one["Status"] == "Completed" and not one["Invoice #"] and one["Job #"] not in billed]

    def late(self) -> tuple[set[str], Decimal]:
        late = [one for one in self.invoices if one["Status"] not in {"Paid", "Draft", "Bad Debt", "Disputed"} and dollars(one["Balance ($)"]) > 0
                and datetime.strptime(one["Due date"], "%b %d, %Y").date() < TODAY]  # fmt: skip
        return {one["Invoice #"] for one in late}, sum((dollars(one["Balance ($)"]) for one in late), Decimal(0))

    def gaps(self) -> tuple[set[str], Decimal]:
        """Approved changes that are on no invoice, and invoices below the estimate that their job names and its billed changes."""
        changes = [one for one in lines(self.folder / "change_orders.csv") if one["Status"] == "Approved" and one["Billed"] == "No"]
        agreed = {one["Estimate #"]: one["Total"] for one in self.estimates}
        billed = {one["Invoice #"]: dollars(one["Total ($)"]) for one in self.invoices}
        extra = {one["Job #"]: Decimal(one["Amount"]) for one in lines(self.folder / "change_orders.csv") if one["Status"] == "Billed"}
        below = {one["Invoice #"]: Decimal(agreed[one["Estimate #"]]) + extra.get(one["Job #"], Decimal(0)) - billed[one["Invoice #"]]
                 for one in self.jobs if one["Estimate #"] and one["Invoice #"] in billed and one["Estimate #"] in agreed}  # fmt: skip
        short = {number: amount for number, amount in below.items() if amount > 1}
        return {one["CO #"] for one in changes} | short.keys(), sum(
            (Decimal(one["Amount"]) for one in changes), sum(short.values(), Decimal(0))
        )


FOUND: dict[str, Callable[[ByHand], tuple[set[str], Decimal]]] = {
    "estimates-quiet": ByHand.quiet, "leads-unanswered": ByHand.leads, "notes-thin": ByHand.thin, "jobs-unbilled": ByHand.unbilled,
    "invoices-late": ByHand.late, "billing-gaps": ByHand.gaps,
}  # fmt: skip


@pytest.fixture(scope="module")
def card(sample: Path) -> Any:
    return scorecard(sample, "--format", "json").json


@pytest.mark.parametrize("key", FOUND)
def test_every_leak_is_what_a_person_with_a_pencil_finds(card: Any, sample: Path, key: str) -> None:
    [one] = [one for one in card["leaks"] if one["key"] == key]
    numbers, money = FOUND[key](ByHand(sample))
    assert {line["record"] for line in one["lines"]} == numbers
    assert one["part"] == len(numbers) > 0
    assert Decimal(str(one["money"])) == money


def test_callers_are_those_of_the_log_whom_nobody_reached_since(card: Any, sample: Path) -> None:
    [one] = [one for one in card["leaks"] if one["key"] == "calls-unanswered"]
    numbers, money = ByHand(sample).callers()
    told = {digits(line["what"]) for line in one["lines"]}
    assert {number for number in told if number} <= numbers
    assert (one["part"], Decimal(str(one["money"]))) == (len(numbers), money)


def test_a_guess_stands_beside_the_sum_and_not_in_it(office: Office, card: Any) -> None:
    sure, fairly, guess = (Decimal(str(card["money_by_sureness"][key])) for key in ("sure", "fairly sure", "a guess"))
    out = office.do("scorecard", now=NOW).out
    assert f"${sure + fairly:,.0f} slips away: ${sure:,.0f} sure and ${fairly:,.0f} fairly sure; ${guess:,.0f} more is a guess." in out


def test_the_digest_has_the_same_close_rate(office: Office) -> None:
    [rate] = [one for one in office.do("digest", "--format", "json", now=NOW).json["signals"] if one["key"] == "close-rate"]
    percent = round(100 * rate["part"] / rate["whole"])
    assert rate["title"] == "Close rate over 180 days" and f"{percent} % close rate" in office.do("scorecard", now=NOW).out
    assert (
        f"of {rate['whole']} estimates of 180 days that were answered or had their time {rate['part']} were accepted"
        in office.do("scorecard", "--details", now=NOW).out
    )


def test_the_whole_is_the_sum_of_its_parts_and_the_first_weighs_most(card: Any) -> None:
    money = [one["money"] for one in card["leaks"]]
    assert card["money"] == sum(money) == sum(card["money_by_sureness"].values())
    weights = {"sure": 1.0, "fairly sure": 0.7, "a guess": 0.3}
    weighed = [one["money"] * weights[one["sure"]] for one in card["leaks"]]
    assert weighed == sorted(weighed, reverse=True)
    assert card["first"] == card["leaks"][0]["key"]
    papers = [(line["table"], line["record"], line["source"]["row"]) for one in card["leaks"] for line in one["lines"]]
    assert len(papers) == len(set(papers))


# ── a folder that is no office ──


def test_a_bare_folder_tells_the_same_and_nothing_is_written(bare: Path, card: Any) -> None:
    before = contents(bare)
    ran = scorecard(bare, "--format", "json")
    assert ran.code == 0, ran.err
    assert contents(bare) == before
    assert ran.json["is_set_up"] is False and card["is_set_up"] is True
    assert [(one["key"], one["part"], one["whole"], one["money"], one["sure"]) for one in ran.json["leaks"]] == [
        (one["key"], one["part"], one["whole"], one["money"], one["sure"]) for one in card["leaks"]
    ]


def test_what_is_missing_is_named(tmp_path: Path, sample: Path) -> None:
    shutil.copy(sample / "estimates.xlsx", tmp_path)
    out = scorecard(tmp_path).out
    assert "Cannot be told: notes too thin to bill from, finished work not billed and billing gaps (no jobs table)." in out
    assert "Cannot be told: leads that nobody answered (no leads table)." in out
    assert "Only 1 of 7 leaks could be looked at." in out


def test_a_folder_that_tells_little_gets_no_clean_bill(tmp_path: Path, sample: Path) -> None:
    shutil.copy(sample / "payments.csv", tmp_path)
    shutil.copy(next((sample / "exports").glob("calls_*.csv")), tmp_path)
    out = scorecard(tmp_path, "--now", "2026-11-23T10:00").out
    assert "Only 1 of 7 leaks could be looked at. Nothing slips through there." in out and "as far as these sheets tell" not in out


def test_a_sum_that_nobody_knows_is_not_called_sure(tmp_path: Path, sample: Path) -> None:
    shutil.copy(sample / "leads.csv", tmp_path)
    [line] = [line for line in scorecard(tmp_path).out.splitlines() if line.startswith(" 1  Leads")]
    assert line.split("?")[1].strip() == "sum not known"


def test_a_folder_may_be_called_anything(tmp_path: Path, sample: Path) -> None:
    folder = tmp_path / 'Maria\'s "papers" 🔧'
    folder.mkdir()
    shutil.copy(sample / "leads.csv", folder)
    ran = scorecard(folder)
    assert ran.code == 0, ran.err
    assert ran.out.startswith('Maria\'s "papers" 🔧 · where the office leaks')


def test_a_bare_folder_is_told_to_be_made_an_office_first(bare: Path) -> None:
    before = contents(bare)
    ran = scorecard(bare, "--yes")
    assert f"make an office of this folder first: contractor-ops init {bare}" in ran.out
    assert contents(bare) == before


@pytest.mark.parametrize(("name", "said"), [("nowhere", "does not exist"), ("empty", "there is no spreadsheet in it")])
def test_a_folder_without_tables_is_told_so(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    ran = scorecard(tmp_path / name)
    assert ran.code == 3 and said in ran.err and not ran.out


# ── the page ──


def test_the_terminal_page(office: Office, golden: Callable[[str, str], None]) -> None:
    golden("scorecard.txt", office.do("scorecard", now=NOW).out)


def test_with_what_stands_behind_each(office: Office, golden: Callable[[str, str], None]) -> None:
    golden("scorecard-details.txt", office.do("scorecard", "--details", now=NOW).out)


def test_the_page_holds_every_leak_its_picture_and_its_words(office: Office, tmp_path: Path, card: Any) -> None:
    file = tmp_path / "card.html"
    ran = office.do("scorecard", "--html", str(file), now=NOW)
    html = file.read_text(encoding="utf-8")
    assert ran.err == f"Written: {file}\n"
    assert 'src="data:image/png;base64,' in html and 'alt="What slips through: ' in html
    for one in card["leaks"]:
        assert one["title"] in html and f"${one['money']:,.0f}" in html and one["recipe"] in html


def test_a_cell_cannot_write_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "invoices.csv").write_text(
        "Invoice #,Customer,Status,Issued,Due date,Total,Balance\n1,<script>x</script>\x1b[31m,Sent,2026-10-01,2026-10-10,5,5\n",
        encoding="utf-8",
    )
    ran = scorecard(tmp_path, "--details", "--html", str(tmp_path / "card.html"))
    assert ran.code == 0
    assert "<script>" not in (tmp_path / "card.html").read_text(encoding="utf-8")
    assert "\x1b" not in scorecard(tmp_path, "--details").out


def test_a_page_that_cannot_be_written_is_told(office: Office, tmp_path: Path) -> None:
    ran = office.do("scorecard", "--html", str(tmp_path / "no" / "such" / "card.html"), now=NOW)
    assert ran.code == 3 and "cannot be written" in ran.err


def test_a_format_that_it_does_not_have_and_a_recipe_that_there_is_not(office: Office) -> None:
    assert office.do("scorecard", "--format", "csv").code == 2
    ran = office.do("scorecard", "--recipe", "estimat-follow-up", now=NOW)
    assert ran.code == 3 and 'did you mean "estimate-follow-up"' in ran.err


# ── the recipe ──


def test_off_a_terminal_nothing_is_asked_and_nothing_written(office: Office) -> None:
    before = contents(office.folder)
    ran = office.do("scorecard", now=NOW)
    assert ran.code == 0 and "?" not in ran.out
    assert contents(office.folder) == before


def test_yes_writes_the_recipe_that_ships_ready_to_rehearse(office: Office) -> None:
    ran = office.do("scorecard", "--yes", now=NOW)
    [name] = re.findall(r"The recipe (\S+) mends it", ran.out)
    file = office.folder / "recipes" / f"{name}.toml"
    assert file.read_bytes() == (SHIPPED / file.name).read_bytes()
    assert tomllib.loads(file.read_text(encoding="utf-8"))["mode"] == "approve"
    assert f"contractor-ops run {name} --office {office.folder}" in ran.out
    assert "Nothing was sent" in office.do("run", name, now="2026-11-23T10:00").out


def test_yes_with_json_keeps_the_output_for_scripts(office: Office) -> None:
    ran = office.do("scorecard", "--yes", "--format", "json", "--recipe", "lead-reply", now=NOW)
    assert ran.json["first"]
    assert "lead-reply.toml was written" in ran.err


def test_yes_never_touches_a_file_that_is_there(office: Office) -> None:
    own = (SHIPPED / "lead-reply.toml").read_text(encoding="utf-8").replace('after    = "2 hours"', 'after    = "4 hours"')
    file = office.recipe("lead-reply", own).folder / "recipes" / "lead-reply.toml"
    before = file.read_bytes()
    assert "was left as it is" in office.do("scorecard", "--yes", "--recipe", "lead-reply", now=NOW).out
    assert file.read_bytes() == before and [one.name for one in file.parent.iterdir()] == [file.name]


def test_on_a_terminal_nine_questions_and_the_steps_are_asked_and_the_answers_written(office: Office) -> None:
    with Terminal(office.folder, "scorecard", "--recipe", "lead-reply", "--now", NOW) as terminal:
        terminal.until("Write the recipe lead-reply now?")
        terminal.press("\r", "What goes wrong today?")
        terminal.press('We "forget" Fridays\r', "What starts it?")
        for asked in ("How often", "What must stand", "What is true", "What must a person", "Who gets what"):
            terminal.press("\r", asked)
        terminal.press("mara\r", "nobody in [people]")
        terminal.press("owner\r", "How do you see")
        terminal.press("\r", "What does the owner")
        terminal.press("\r", 'Step "first-answer"')
        terminal.press("\r", 'Step "hand-over"')
        terminal.press("soon\r", "Error: ")
        terminal.press("90 minutes\r", "Rehearse it, nothing leaves: contractor-ops run lead-reply")
        assert terminal.end() == 0
    written = (office.folder / "recipes" / "lead-reply.toml").read_text(encoding="utf-8").splitlines()
    shipped = (SHIPPED / "lead-reply.toml").read_text(encoding="utf-8").splitlines()
    changed = [new for old, new in zip(shipped, written, strict=True) if old != new]
    assert changed == ['owner    = "owner"', r'pain       = "We \"forget\" Fridays"', 'after    = "90 minutes"']


@pytest.mark.parametrize(("key", "replaced"), [("y", True), ("\r", False)])
def test_a_file_that_is_there_is_shown_as_a_difference_and_asked_about(office: Office, key: str, replaced: bool) -> None:
    own = (SHIPPED / "billing-check.toml").read_text(encoding="utf-8").replace("# at once", "# our own remark")
    file = office.recipe("billing-check", own).folder / "recipes" / "billing-check.toml"
    with Terminal(office.folder, "scorecard", "--recipe", "billing-check", "--now", NOW) as terminal:
        terminal.until("Write the recipe billing-check now?")
        terminal.press("y\r", "What goes wrong today?")
        terminal.press("Changes are forgotten\r", "What starts it?")
        for asked in (
            "How often",
            "What must stand",
            "What is true",
            "What must a person",
            "Who gets what",
            "How do you see",
            "What does the owner",
            "Step",
        ):
            terminal.press("\r", asked)
        shown = terminal.press("\r", "Replace it?")
        assert '+pain       = "Changes are forgotten"' in shown and "our own remark" not in shown
        terminal.press(key if key == "\r" else f"{key}\r", "Rehearse it")
        assert terminal.end() == 0
    text = file.read_text(encoding="utf-8")
    assert ("Changes are forgotten" in text) is replaced and "# our own remark" in text
    assert ((file.with_suffix(".toml.before")).exists()) is replaced
