"""`inbox classify`: a line in, a line out, through the command line."""

import io
import json
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from contractor_ops.cli.main import main
from tests.offices import Ran
from tests.stories import inside
from tests.stories.contract import classify_samples as samples

LABELS = {"stop", "start", "help", "yes", "no", "question", "complaint", "urgent", "auto_reply", "other"}
OF_EACH = {
    "stop": samples.STOP, "start": samples.START, "help": samples.HELP, "yes": samples.YES, "no": samples.NO, "question": samples.QUESTION,
    "complaint": samples.COMPLAINT, "urgent": samples.URGENT, "auto_reply": samples.AUTO_REPLY, "other": samples.OTHER,
}  # fmt: skip


class Nowhere(inside.Office):
    """No office at all: what is typed is all there is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def do(self, *words: str, now: str | None = None, stdin: str | None = None, env: Mapping[str, str] | None = None) -> Ran:
        out, err, code = io.StringIO(), io.StringIO(), 0
        given = io.TextIOWrapper(io.BytesIO((stdin or "").encode()))
        with (
            patch.object(sys, "argv", ["contractor-ops", *words]),
            patch.object(sys, "stdin", given),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def anywhere(tmp_path_factory: pytest.TempPathFactory) -> Nowhere:
    return Nowhere(tmp_path_factory.mktemp("nowhere"))


def classify(office: inside.Office, stdin: str) -> Ran:
    return office.do("inbox", "classify", stdin=stdin)


def judged(office: inside.Office, *texts: str, **more: Any) -> list[str]:
    """The label of each text."""
    ran = classify(office, "".join(json.dumps({"id": str(n), "text": text, **more}) + "\n" for n, text in enumerate(texts)))
    assert ran.code == 0, ran.err
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["id"] for line in lines] == [str(n) for n in range(len(texts))]
    assert all(line["label"] in LABELS and line["reason"] for line in lines)
    return [line["label"] for line in lines]


@pytest.mark.parametrize("label", OF_EACH)
def test_what_people_write(anywhere: inside.Office, label: str) -> None:
    texts = OF_EACH[label]
    wrong = {text: got for text, got in zip(texts, judged(anywhere, *texts), strict=True) if got != label}
    assert wrong == {}


def test_no_ordinary_sentence_is_an_opt_out(anywhere: inside.Office) -> None:
    assert [text for text, got in zip(samples.NEVER_STOP, judged(anywhere, *samples.NEVER_STOP), strict=True) if got == "stop"] == []


@pytest.mark.parametrize("word", ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "REMOVE"])
def test_the_words_alone_in_any_dress(anywhere: inside.Office, word: str) -> None:
    forms = [word, word.lower(), word.title(), f"{word}.", f" {word} ", f"{word}!", f'"{word}"', f"{word}\n", f"{word} 🙏", f"{word}..."]
    assert judged(anywhere, *forms) == ["stop"] * len(forms)


@pytest.mark.parametrize(
    "text", ["Yes, but I smell gas", "ok thanks. also there is smoke in the kitchen", "Yes! And the basement is flooding right now"]
)
def test_urgent_beats_yes(anywhere: inside.Office, text: str) -> None:
    assert judged(anywhere, text) == ["urgent"]


# --- mail: quotations, signatures, our own footer

FOOTER = "Northside Heating & Air, 412 Kedzie Ave, Chicago, IL 60618\nNo more of these? Reply STOP or unsubscribe."


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "Yes please\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside Heating & Air <office@northside.example> wrote:\n> Hi Ann,\n> Reply STOP to opt out.\n> "
            + FOOTER.replace("\n", "\n> "),
            "yes",
        ),
        ("When can you start?\n\n-- \nAnn Li\nStop wasting water! www.li.example", "question"),
        (
            "No thanks\n\n________________________________\nFrom: Northside Heating & Air\nSent: Monday, November 23, 2026\nTo: Ann Li\nSubject: Your estimate\n\nTo unsubscribe reply STOP",
            "no",
        ),
        ("sounds good\n\nSent from my iPhone", "yes"),
        (
            "Could you come on Friday?\n\nSent from my iPhone\n\n> On Nov 23, 2026, at 10:00, Northside <office@northside.example> wrote:\n>\n> Reply STOP to opt out",
            "question",
        ),
        ("> Any questions about the estimate?\n\nNo thanks", "no"),
        (
            "unsubscribe\n\nOn Mon, Nov 23, 2026 at 10:00 AM Northside <office@northside.example> wrote:\n> Any questions about the estimate?",
            "stop",
        ),
        (
            "Yes, do it.\n\n-----Original Message-----\nFrom: office@northside.example\nTo: ann@li.example\nSubject: Estimate\n\nI smell gas is what you told us",
            "yes",
        ),
    ],
)
def test_what_is_quoted_is_not_what_is_said(anywhere: inside.Office, text: str, label: str) -> None:
    assert judged(anywhere, text) == [label]


@pytest.mark.parametrize(
    "headers",
    [{"Auto-Submitted": "auto-replied"}, {"Auto-Submitted": "auto-generated"}, {"X-Autoreply": "yes"}, {"Precedence": "auto_reply"},
     {"X-Auto-Response-Suppress": "All"}, {"auto-submitted": "auto-replied (vacation)"}, {"Precedence": "bulk"}, {"Return-Path": "<>"}],
)  # fmt: skip
def test_headers_of_automatic_mail(anywhere: inside.Office, headers: dict[str, str]) -> None:
    assert judged(anywhere, "Thanks for your mail.", headers=headers) == ["auto_reply"]


def test_a_mail_that_says_no_automat_sent_it_is_a_persons(anywhere: inside.Office) -> None:
    assert judged(anywhere, "Yes please", headers={"Auto-Submitted": "no"}) == ["yes"]


@pytest.mark.parametrize(
    "subject", ["Automatic reply: Your estimate", "Out of Office: Your estimate", "Auto: your estimate", "Autoreply: Re: estimate"]
)
def test_subjects_of_automatic_mail(anywhere: inside.Office, subject: str) -> None:
    assert judged(anywhere, "I will be back on Monday.", subject=subject) == ["auto_reply"]


def test_a_subject_that_says_unsubscribe(anywhere: inside.Office) -> None:
    assert judged(anywhere, "", subject="unsubscribe") == ["stop"]


def test_a_reply_whose_subject_is_ours_says_nothing(anywhere: inside.Office) -> None:
    assert judged(anywhere, "Yes", subject="Re: Shall we stop here?") == ["yes"]


# --- the form of the lines


def test_raw_lines_have_their_line_number_and_blank_ones_are_passed_over(anywhere: inside.Office) -> None:
    ran = classify(anywhere, "STOP\n\n   \nHow much is it?\nyes please\n")
    got = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [str(line["id"]) for line in got] == ["1", "4", "5"]
    assert [line["label"] for line in got] == ["stop", "question", "yes"]
    assert all(set(line) == {"id", "label", "reason"} for line in got)


def test_json_lines_and_raw_lines_together_in_order(anywhere: inside.Office) -> None:
    ran = classify(anywhere, '{"id": "a", "text": "STOP"}\nHow much is it?\n{"id": 7, "text": "yes"}\n')
    got = [json.loads(line) for line in ran.out.splitlines()]
    assert [(line["id"], line["label"]) for line in got] in (
        [("a", "stop"), ("2", "question"), (7, "yes")],
        [("a", "stop"), (2, "question"), (7, "yes")],
    )


@pytest.mark.parametrize(
    "odd",
    ['{"id": "x"}', '{"id": "x", "text": null}', '{"id": "x", "text": 12}', '{"id": "x", "text": ["a"]}', '{"text": "STOP"', "[1, 2]", "12", "null", '"STOP"', "{}",
     '{"id": null, "text": "yes"}', '{"id": {"a": 1}, "text": "yes"}', "\x00\x01", "\ufeff", '{"id": "x", "text": "yes", "headers": 3}', '{"id": "x", "text": "yes", "subject": 5}',
     '{"id": "x", "text": ""}', "{" * 3000, '{"id": "x", "text": "' + "a" * 200_000 + '"}', '{"id": "x", "text": "\\ud800"}', "NaN"],
)  # fmt: skip
def test_an_odd_line_does_not_end_it(anywhere: inside.Office, odd: str) -> None:
    ran = classify(anywhere, f'{{"id": "before", "text": "STOP"}}\n{odd}\n{{"id": "after", "text": "yes"}}\n')
    assert ran.code == 0, ran.err
    got = [json.loads(line) for line in ran.out.splitlines()]
    assert [(got[0]["id"], got[0]["label"]), (got[-1]["id"], got[-1]["label"])] == [("before", "stop"), ("after", "yes")]
    assert len(got) == 3 or odd == "\ufeff"
    assert all(line["label"] in LABELS for line in got)


def test_nothing_in_nothing_out(anywhere: inside.Office) -> None:
    for text in ("", "\n", "\n\n  \n"):
        ran = classify(anywhere, text)
        assert (ran.code, ran.out) == (0, "")


def test_a_file_from_windows(anywhere: inside.Office) -> None:
    ran = classify(anywhere, '\ufeff{"id": "1", "text": "STOP"}\r\n{"id": "2", "text": "How much?"}\r\n')
    assert [json.loads(line)["label"] for line in ran.out.splitlines()] == ["stop", "question"]


def test_bytes_that_are_no_utf_8_do_not_end_it(tmp_path: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "contractor_ops", "inbox", "classify"]
    done = subprocess.run(command, input=b"STOP\n\xff\xfe caf\xe9\nyes\n", capture_output=True, timeout=30, cwd=tmp_path, check=False)
    got = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, got[0]["label"], got[-1]["label"], len(got)) == (0, "stop", "yes", 3), done.stderr


def test_it_needs_no_office(tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "contractor_ops", "inbox", "classify"],
        input="stop\n",
        capture_output=True,
        text=True,
        timeout=30,
        cwd=tmp_path,
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)["label"]) == (0, "stop"), done.stderr


def test_control_characters_never_come_out(anywhere: inside.Office) -> None:
    ran = classify(anywhere, json.dumps({"id": "\x1b[31mred", "text": "\x1b]0;title\x07 yes"}) + "\n")
    assert "\x1b" not in ran.out and "\x07" not in ran.out and len(ran.out.splitlines()) == 1


@pytest.mark.parametrize(
    "words", [("--office", "{}", "inbox", "classify"), ("inbox", "--office", "{}", "classify"), ("inbox", "classify", "--office", "{}")]
)
def test_office_may_stand_before_or_after_the_command(anywhere: inside.Office, tmp_path: Path, words: tuple[str, ...]) -> None:
    office = inside.Office(tmp_path / "office")
    ran = anywhere.do(*(word.format(office.folder) for word in words), stdin="STOP\n")
    assert (ran.code, ran.err) == (0, "") and json.loads(ran.out)["label"] == "stop"
