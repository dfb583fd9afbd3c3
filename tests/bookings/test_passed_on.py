"""What of a customer's words may be passed on to a technician: no code and no card, and all that tells of the visit."""

import pytest

from contractor_ops.bookings.passed_on import passed_on


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("gate code is 4 8 2 1", "…"),
        ("combo 12 24 36", "…"),
        ("code is A12B", "…"),
        ("use 4482 to get in", "…"),
        ("let yourself in with 77 31", "…"),
        ("the code is four four eight two", "…"),
        ("The alarm code's 9-9-1", "…"),
        ("combo 12/24/36", "…"),
        ("lockbox combination 12/24", "…"),
        ("gate code: 4, 8, 2, 1", "…"),
        ("password is rover", "…"),
        ("door 4482", "…"),
        ("your guy can type 1 9 8 4", "…"),
        ("4 8 2 1 is the code", "…"),
        ("Don't come. Gate code is 4 8 2 1 by the way", "Don't come. …"),
        ("Can we do Friday? Use A12B to get in then", "Can we do Friday? …"),
        ("My code changed. It's 5521 now", "My code changed. …"),
    ],
)
def test_a_code_is_kept_out_however_it_is_written(words: str, shown: str) -> None:
    assert passed_on(words, cut_at=120) == shown


@pytest.mark.parametrize(
    "words",
    [
        "Don't come before 9, the gate is closed",
        "can we do Friday at 3pm, gate is open",
        "come Dec 2 not Dec 3, gate stuck",
        "Can you come at 10 instead? the key is under the mat",
        "don't come, we moved to 14 Oak",
        "the 2 dogs are behind the door until 5:30",
        "I am 20 minutes late, the garage is open",
    ],
)
def test_times_days_and_places_are_told(words: str) -> None:
    assert passed_on(words, cut_at=120) == words
