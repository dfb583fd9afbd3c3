"""The pairs of notes in the document are what comes out, and the file of an office's own words that it shows can be read."""

import re

import pytest

from contractor_ops.notes.clean import clean_note
from contractor_ops.notes.words import read_words
from tests.docs.documents import ROOT, blocks

DOCUMENT = ROOT / "docs" / "job-notes.md"
PAIRS = re.findall(r"^\| `(.+)` \| (.+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
OWN = next(block.text for block in blocks(DOCUMENT) if "[verbs]" in block.text)


def test_ten_pairs_are_shown() -> None:
    assert len(PAIRS) == 10


@pytest.mark.parametrize("before", [before for before, _ in PAIRS], ids=lambda before: before[:30])
def test_each_pair_is_what_comes_out(before: str, request: pytest.FixtureRequest) -> None:
    after = clean_note(before, read_words((), {})).clean.replace("\n", "<br>")
    row = f"| `{before}` | {after} |"
    if request.config.getoption("--refresh-golden"):
        text = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(
            re.sub(rf"^\| `{re.escape(before)}` \| .+$", lambda _: row, text, flags=re.MULTILINE), encoding="utf-8", newline="\n"
        )
    assert row in DOCUMENT.read_text(encoding="utf-8").splitlines(), (
        "it differs; if it is meant: pytest tests/docs/test_job_notes.py --refresh-golden"
    )


def test_the_shown_file_of_own_words_does_what_is_said() -> None:
    words = read_words((), {"own.toml": OWN.encode()})
    found = clean_note("n/h. skm pool by bb, kpx ok. It is in the blue folder.", words)
    assert found.clean == "Nobody home. Skimmed pool by base board, KPX OK."
    assert [(remark.words, remark.kind) for remark in found.internal] == [("It is in the blue folder.", "office")]
