"""A recipe's answers are put into its file as a person would: the line changes, all else stays."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from contractor_ops.errors import ContractorOpsError
from contractor_ops.office import open_office
from contractor_ops.recipe import WHY_ASKED, WHY_NEEDED
from contractor_ops.work.write_recipe import Draft, RecipeWriter, write_draft
from tests.offices import Office

SHIPPED = sorted(file.stem for file in (Path(__file__).parents[2] / "recipes").glob("*.toml"))
OWN = """title = "Ours"
reads = "estimates"
owner = 'office'        # Dana

[why] # answered in a hurry
trigger = "An estimate was sent"
outcome = \"\"\"Won
or lost\"\"\"
review  = 'Large "special" ones'   # ask Maria
signal  = "Followed up"

[when]
anchor = "sent_on"

[[steps]]
name = "nudge"
after = "2 days"        # not sooner
do   = "task"
text = "owner = nobody"
"""


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


def writer(office: Office, name: str, text: str = "") -> RecipeWriter:
    if text:
        office.recipe(name, text)
    return RecipeWriter(open_office(office.folder), name)


def timed(recipe: dict[str, Any]) -> list[int]:
    """The steps that are asked about: of a trail those that are neither done at once nor when something changes."""
    trail = recipe.get("shape") == "trail"
    spans = {place: step.get("after") or step.get("before") or "0" for place, step in enumerate(recipe["steps"])}
    return [place for place, span in spans.items() if not trail or not span.startswith("0")]


def test_a_trail_asks_for_the_times_that_somebody_may_want_otherwise(office: Office) -> None:
    asked = {one.asks: one.default for one in writer(office, "booking-trail").questions[9:]}
    assert asked['Step "reminder-48-hours" (message): how long before starts_at?'] == "48 hours"
    assert asked['Step "review-request" (message): how long after completed_on?'] == "3 days"
    assert not [question for question in asked if "moved" in question or "stage-booked" in question]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_recipe_that_ships_asks_the_nine_and_its_steps_and_enter_keeps_it_as_it_is(office: Office, name: str) -> None:
    asked = writer(office, name)
    keys = [one.key for one in asked.questions]
    assert sorted(keys[:9]) == sorted(["owner", *(f"why.{key}" for key in (*WHY_NEEDED, *WHY_ASKED))])
    assert [key.split(".")[1] for key in keys[9:]] == [str(place) for place in timed(tomllib.loads(asked.base))]
    assert all(one.default for one in asked.questions)
    draft = asked.draft({one.key: one.default for one in asked.questions})
    assert draft.text == (Path(__file__).parents[2] / "recipes" / f"{name}.toml").read_text(encoding="utf-8")
    written = tomllib.loads(draft.text)
    outside = any(step["do"] == "message" and step.get("to") not in {"owner", "office"} for step in written["steps"])
    assert written["mode"] == "approve" or not outside


@pytest.mark.parametrize("name", SHIPPED)
def test_every_answer_lands_where_it_belongs(office: Office, name: str) -> None:
    asked = writer(office, name)
    answers = {one.key: f'"{one.key}" \\ # é' for one in asked.questions if one.key.startswith("why.")}
    answers |= {one.key: "3 days" for one in asked.questions if one.key.startswith("steps.")}
    got = tomllib.loads(asked.draft({**answers, "owner": "owner"}).text)
    was = tomllib.loads(asked.base)
    assert got["owner"] == "owner"
    assert got["why"] == {key: f'"why.{key}" \\ # é' for key in was["why"]}
    for place, (new, old) in enumerate(zip(got["steps"], was["steps"], strict=True)):
        span = "after" if "after" in old else "before"
        assert new == ({**old, span: "3 days"} if place in timed(was) else old)
    untouched = {"owner", "why", "steps"}
    assert {key: part for key, part in got.items() if key not in untouched} == {
        key: part for key, part in was.items() if key not in untouched
    }


def test_remarks_stay_and_a_question_that_was_not_answered_gets_a_line(office: Office) -> None:
    asked = writer(office, "ours", OWN)
    draft = asked.draft({"owner": "owner", "why.review": "All", "why.pain": "Forgotten", "steps.0.after": "4 days"})
    changed = OWN.replace("'office'", '"owner"').replace("'Large \"special\" ones'", '"All"').replace('"2 days"', '"4 days"')
    assert draft.text == changed.replace("in a hurry\n", 'in a hurry\npain = "Forgotten"\n')


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(office: Office) -> None:
    file = office.recipe("ours", OWN).folder / "recipes" / "ours.toml"
    file.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    asked = RecipeWriter(open_office(office.folder), "ours")
    assert not asked.draft({}).is_news
    text = asked.draft({"owner": "owner"}).text
    assert text == OWN.replace("'office'", '"owner"').replace("\n", "\r\n")


def test_what_is_written_over_several_lines_is_changed_in_the_file(office: Office) -> None:
    asked = writer(office, "ours", OWN)
    assert asked.mistake("why.outcome", "Won\nor lost") == ""
    assert "over several lines" in asked.mistake("why.outcome", "Won")
    with pytest.raises(ContractorOpsError, match=r"why\.outcome"):
        asked.draft({"why.outcome": "Won"})


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("owner", "mara", "nobody in [people]"),
        ("owner", "", "must be answered"),
        ("steps.0.after", "soon", "soon"),
        ("why.trigger", " ", "must be answered"),
    ],
)
def test_an_answer_that_cannot_stand_is_told(office: Office, key: str, answer: str, said: str) -> None:
    assert said in writer(office, "estimate-follow-up").mistake(key, answer)


def test_a_file_that_is_there_is_only_replaced_when_told_and_kept_beside(office: Office) -> None:
    asked = writer(office, "ours", OWN)
    draft = asked.draft({"owner": "owner"})
    assert draft.difference[-3:] == ["-owner = 'office'        # Dana", '+owner = "owner"        # Dana', " "]
    assert "left as it is" in write_draft(draft) and asked.file.read_text(encoding="utf-8") == OWN
    assert "kept as ours.toml.before" in write_draft(draft, replacing=True)
    assert asked.file.read_text(encoding="utf-8") == draft.text
    assert (asked.file.parent / "ours.toml.before").read_text(encoding="utf-8") == OWN
    assert "says all that already" in write_draft(Draft(draft.file, draft.text, draft.text), replacing=True)
