"""What a stranger's text says of name, address and problem: only what is certain, and never a word that was not written."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from contractor_ops.inbox.lead_words import LeadWords, lead_words

WHOLE = object()
"""More than one stretch is about the problem, or nothing else is certain: the problem is the whole text."""


@pytest.mark.parametrize(
    ("text", "name", "address", "problem"),
    [
        # said
        ("Hi this is John Smith at 412 Oak St, my furnace is making a noise", "John Smith", "412 Oak St", "my furnace is making a noise"),
        ("Soy Ana Pérez, vivo en 1200 W Division St, no funciona el aire", "Ana Pérez", "1200 W Division St", "no funciona el aire"),
        ("Me llamo ana pérez, 1200 w division st, no hay agua caliente", "ana pérez", "1200 w division st", "no hay agua caliente"),
        ("Hola, mi nombre es Luis García, 900 N Kedzie Ave, se rompió el calentador", "Luis García", "900 N Kedzie Ave", "se rompió el calentador"),
        ("my name is john smith furnace out 412 oak st", "john smith", "412 oak st", "furnace out"),
        ("MY NAME IS JOHN SMITH, 412 OAK ST, FURNACE OUT", "JOHN SMITH", "412 OAK ST", "FURNACE OUT"),
        ("My address is 412 Oak St and my name is John Smith and the furnace is dead", "John Smith", "412 Oak St", "the furnace is dead"),
        ("It's Dana O'Brien, 2200 N St Louis Ave, boiler leaking", "Dana O'Brien", "2200 N St Louis Ave", "boiler leaking"),
        ("This is Mr. Evans, 14 Court St, garage outlet sparks", "Mr. Evans", "14 Court St", "garage outlet sparks"),
        ("This is Ana de la Cruz at 1600 Broadway, water everywhere", "Ana de la Cruz", "1600 Broadway", "water everywhere"),
        ("This is Will Turner at 9 Harbor Ct. Need a quote for a new panel", "Will Turner", "9 Harbor Ct", "Need a quote for a new panel"),
        ("Hi im Kate, toilet wont stop running, 88 Birch Ln", "Kate", "88 Birch Ln", "toilet wont stop running"),
        ("hey its Mike Brown from 510 Pine Rd my AC quit", "Mike Brown", "510 Pine Rd", "my AC quit"),
        ("Hi this is John, my AC is out", "John", None, "my AC is out"),
        ("Hi, Ann Li here. My sump pump failed at 1425 5th Ave.", "Ann Li", "1425 5th Ave", "My sump pump failed"),
        # labelled
        ("Name: Ann Li\nAddress: 22 Elm Ave #3\nProblem: AC is dead", "Ann Li", "22 Elm Ave #3", "AC is dead"),
        ("address: 412 oak st name: john smith problem: furnace", "john smith", "412 oak st", "furnace"),
        # in the order that was asked for
        ("Maria Lopez, 22 Elm Ave Apt 3, Evanston 60201. AC not cooling", "Maria Lopez", "22 Elm Ave Apt 3, Evanston 60201", "AC not cooling"),
        ("John / 12 Main St / water heater leaking", "John", "12 Main St", "water heater leaking"),
        ("John\n12 Main St\nwater heater leaking", "John", "12 Main St", "water heater leaking"),
        ("Lopez,22 Elm Ave,no heat", "Lopez", "22 Elm Ave", "no heat"),
        ("Dr. Patel, 22 Elm Ave, drain", "Dr. Patel", "22 Elm Ave", "drain"),
        ("John Smith 412 Oak St Chicago, IL 60618-1234 no heat", "John Smith", "412 Oak St Chicago, IL 60618-1234", "no heat"),
        ("John Smith, 312-555-0142, 412 Oak St, Chicago IL 60618, no heat", "John Smith", "412 Oak St, Chicago IL 60618", "no heat"),
        ("John Smith\n412 Oak St\nChicago, IL 60618\nNo heat", "John Smith", "412 Oak St\nChicago, IL 60618", "No heat"),
        ("Bob Lee 773-555-0142 1500 Lake Shore Dr Unit 12B Chicago 60610 leak", "Bob Lee", "1500 Lake Shore Dr Unit 12B Chicago 60610", "leak"),
        ("John Smith, 412 Oak St", "John Smith", "412 Oak St", None),
        # signed
        ("My furnace is out at 412 Oak St. - John Smith", "John Smith", "412 Oak St", "My furnace is out"),
        ("My furnace is out at 412 Oak St.\nThanks,\nJohn", "John", "412 Oak St", "My furnace is out"),
        # an address alone
        ("412 oak street furnace out", None, "412 oak street", "furnace out"),
        ("22 sunset drive, pilot light out", None, "22 sunset drive", "pilot light out"),
        ("I live at 7 Sunset Way and the AC is out", None, "7 Sunset Way", "the AC is out"),
        ("12 County Rd 5, well pump quit", None, "12 County Rd 5", "well pump quit"),
        ("12 Avenue B, toilet overflowing", None, "12 Avenue B", "toilet overflowing"),
        ("412 Oak St NW Unit 5B no hot water", None, "412 Oak St NW Unit 5B", "no hot water"),
        ("4500 Calle Real, techo con gotera", None, "4500 Calle Real", "techo con gotera"),
        ("77 Massachusetts Ave, Apt. 4, Cambridge MA 02139 - drain clogged", None, "77 Massachusetts Ave, Apt. 4, Cambridge MA 02139", "drain clogged"),
        ("22 St Charles Ave, New Orleans, LA 70130. Clogged drain", None, "22 St Charles Ave, New Orleans, LA 70130", "Clogged drain"),
        ("22 elm ave, evanston il 60201, ac out", None, "22 elm ave, evanston il 60201", "ac out"),
        ("123 1/2 Main St, upstairs, no hot water", None, "123 1/2 Main St", "upstairs, no hot water"),
        ("123 A St, roof leak", None, "123 A St", "roof leak"),
        ("12-34 Bell Blvd, Bayside NY 11361, boiler", None, "12-34 Bell Blvd, Bayside NY 11361", "boiler"),
        ("100 Main St W, Hamilton, ON L8P 1H6, furnace", None, "100 Main St W, Hamilton, ON L8P 1H6", "furnace"),
        ("22 Elm Ave, 2nd floor, no water", None, "22 Elm Ave, 2nd floor", "no water"),
        ("412 Oak St #2, no heat with a baby", None, "412 Oak St #2", "no heat with a baby"),
        ("412 Oak St 60000 btu furnace broken", None, "412 Oak St", "60000 btu furnace broken"),
        ("12 years old unit, 410a, at 412 Oak St", None, "412 Oak St", "12 years old unit, 410a"),
        ("Can you come between 9 and 11 at 22 Elm Ave?", None, "22 Elm Ave", "Can you come between 9 and 11"),
        ("Hi it's Ann. 22 elm ave. heat is out. Call me at 312-555-0142", "Ann", "22 elm ave", "heat is out. Call me at 312-555-0142"),
        ("Rheem heater, 412 Oak St", None, "412 Oak St", "Rheem heater"),
        ("Furnace, 412 Oak St", None, "412 Oak St", "Furnace"),
        # words about the problem in two places
        ("Our place at 412 Oak Street is flooding, come ASAP!!", None, "412 Oak Street", WHOLE),
        ("My furnace is out at 412 Oak St. Please hurry, we have a baby", None, "412 Oak St", WHOLE),
        ("I am the tenant at 22 Elm Ave, landlord is Bob Li, no heat", None, "22 Elm Ave", WHOLE),
        ("john smith, 412 oak st, furnace out", None, "412 oak st", WHOLE),
        ("HI THIS IS JOHN SMITH AT 412 OAK ST, FURNACE OUT", None, "412 OAK ST", WHOLE),
        ("Hi Maria, 22 Elm Ave, my AC is out", None, "22 Elm Ave", WHOLE),
        ("This is Ann & Bob Li at 22 Elm Ave, no heat", None, "22 Elm Ave", WHOLE),
        ("22 Elm Ave, furnace dead 60201", None, "22 Elm Ave", "furnace dead 60201"),
    ],
)  # fmt: skip
def test_what_is_certain_is_taken_apart(text: str, name: str | None, address: str | None, problem: object) -> None:
    assert lead_words(text) == LeadWords(name, address, text if problem is WHOLE else problem)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "2 AC units", "24 hours", "call me at 5 pm", "$400 quote", "I live near 5th", "near 412 Oak St", "2 blocks from 412 Oak St",
        "i have 3 units on the way out", "need 2 new bath rooms and 1 drive", "my ac has been out 3 days st paul", "4 way valve broke",
        "there are 2 tall trees in the way", "we have 2 guys at the court", "a 20 minute drive from you", "between 2 and 4 oak st",
        "10 ft run of pipe", "100 amp panel way too small", "my house is on 5th st", "7 days ave temp", "1 car garage door st broken",
        "I need 3 windows and 2 doors replaced", "412 Oak", "old house was 12 Main St, now 14 Oak St", "22 Elm Avenue's furnace is out",
        "call 312-555-0142", "a 2015 Trane, 3 ton, upstairs at 5 pm", "apt 4 Oak St", "it is a 1 long drive thing", "error code 22 Oak Dr",
        "This is urgent", "I'm freezing, no heat", "I'm John's wife", "Is this Northside Heating?", "this is Northside, right?",
        "This is Ridiculous", "I am Locked out", "It's leaking. I'm at work until 5. John", "Thanks Dana", "dr patel needs help",
        "This is John Smith. Sorry, I'm Bob Jones", "who is this?", "wrong number", "yes", "no", "STOP", "ok", "No heat\nEvanston",
        "my name is on the invoice", "company name is on the truck", "Soy el dueño", "estoy en casa todo el día",
    ],
)  # fmt: skip
def test_what_is_not_certain_stays_a_problem_for_a_person(text: str) -> None:
    assert lead_words(text) == LeadWords(None, None, text)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_said_is_nothing_known(text: str) -> None:
    assert lead_words(text) == LeadWords(None, None, None)


_PIECES = some.sampled_from([
    "Hi", "this is", "my name is", "soy", "John", "Ann Li", "O'Brien", "de la", "412", "1/2", "7", "Oak", "5th", "St", "Ave.", "drive", "Apt 3", "#4",
    "Evanston", "IL", "60201", "L8P 1H6", ",", ".", "\n", "/", "-", "312-555-0142", "ann@example.com", "furnace out", "Thanks,", "and", "at", "İ", "ß", "’", "💧",
])  # fmt: skip


@given(some.one_of(some.text(max_size=200), some.lists(_PIECES, max_size=25).map(" ".join), some.lists(_PIECES, max_size=25).map("".join)))
@example("This is İx, 12 Main St")
def test_every_value_is_a_piece_of_the_text(text: str) -> None:
    found = lead_words(text)
    for value in (found.name, found.address, found.problem):
        assert value is None or (value in text and value == value.strip() and value)
    assert (found == LeadWords(None, None, None)) == (not text.strip())


@pytest.mark.parametrize(
    "piece", ["412 Oak St ", "1 a a a ", "my ", "this is A B ", "12 Oak St, a.", "\n-", "thanks, ", "+1 312 ", "a.b@", " "]
)
def test_the_longest_text_is_no_trouble(piece: str) -> None:
    text = (piece * 1600)[:1600]
    found = lead_words(text)
    assert found.problem is None or found.problem in text
