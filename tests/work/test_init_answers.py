"""What a person types at `init`: what is meant by it, and what is wrong with it."""

import pytest

from contractor_ops.work.init_answers import email_meant, phone_meant, zone_meant
from contractor_ops.work.init_found import Found
from contractor_ops.work.init_sending import sender, smtp, twilio
from contractor_ops.work.init_zone import Guess, home_zones, nearest_zone, zone_guess


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("America/Chicago", "America/Chicago"), ("america/new york", "America/New_York"), (" Los Angeles ", "America/Los_Angeles"),
        ("central", "America/Chicago"), ("Eastern Standard Time", "America/New_York"), ("PT", "America/Los_Angeles"), ("Berlin", "Europe/Berlin"),
        ("Chicgo", ""), ("", ""), ("Springfield", ""),
        ("Springfield, IL", "America/Chicago"), ("seattle wa", "America/Los_Angeles"), ("portland or", ""), ("Ohio", "America/New_York"), ("Charleston, W.Va", ""),
        ("Charleston, West Virginia", "America/New_York"), ("Washington DC", "America/New_York"), ("Washington", ""), ("Odessa, TX", ""),
        ("Hartford, CT", "America/New_York"), ("CT", "America/Chicago"),
    ],
)  # fmt: skip
def test_a_time_zone_is_meant_by_its_name_its_city_or_what_people_call_it(typed: str, zone: str) -> None:
    assert zone_meant(typed) == zone


@pytest.mark.parametrize(
    ("typed", "zone"), [("Chicgo", "America/Chicago"), ("America/New_Yrok", "America/New_York"), ("Denvr", "America/Denver")]
)
def test_a_slip_in_a_time_zone_leads_to_the_nearest(typed: str, zone: str) -> None:
    assert nearest_zone(typed, "America/Phoenix") == zone


@pytest.mark.parametrize("typed", ["Odessa", "Midland", "Springfield", "Odessa, TX", ""])
def test_a_town_that_is_no_zone_leads_to_the_guess_and_to_no_other_country(typed: str) -> None:
    assert nearest_zone(typed, "America/Chicago") == "America/Chicago"


def test_a_town_in_a_state_that_the_guess_does_not_fit_leads_to_the_state() -> None:
    assert nearest_zone("El Paso, TX", "America/Denver") == "America/Denver"
    assert nearest_zone("El Paso, TX", "America/New_York") == "America/Chicago"


def test_only_zones_at_home_are_offered() -> None:
    assert {"America/Chicago", "Pacific/Honolulu"} <= set(home_zones("America/Detroit"))
    assert not [zone for zone in home_zones("America/Chicago") if zone.startswith(("Asia/", "Europe/"))]
    assert nearest_zone("Berln", "Europe/Vienna") == "Europe/Berlin"


def test_telephone_numbers_and_addresses_are_looked_at_at_once() -> None:
    assert phone_meant("(312) 555-0100") == ("+13125550100", "")
    assert phone_meant("  ") == ("", "")
    assert phone_meant("555-01")[1]
    assert email_meant(" Dana@Northside.example ") == ("dana@northside.example", "")
    assert email_meant("dana at northside")[1]
    assert email_meant("a@b.example, c@d.example")[1]


def found(*people: tuple[str, str], table: str | None = "customers") -> Found:
    return Found("customers.csv", table, people=people)


def test_the_time_zone_is_where_most_customers_are() -> None:
    people = [("312-555-0142", ""), ("", "12 Oak St, Chicago, IL 60601"), ("(708) 555-0143", ""), ("212-555-0100", "")]
    assert zone_guess([found(*people)]) == Guess("America/Chicago", "where 3 of 4 customers are")


@pytest.mark.parametrize(
    "people",
    [
        [("312-555-0142", "")],
        [("312-555-0142", ""), ("212-555-0100", ""), ("312-555-0143", ""), ("212-555-0101", "")],
        [("no", "nowhere")] * 9,
    ],
    ids=["too few", "two places", "nothing to read"],
)
def test_where_the_customers_do_not_tell_this_computer_does(people: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Denver")
    assert zone_guess([found(*people)]) == Guess("America/Denver", "this computer")


def test_a_sheet_that_is_not_used_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Denver")
    people = [(f"312-555-01{number}", "") for number in range(10, 20)]
    assert zone_guess([found(*people, table=None)]).source == "this computer"


def test_who_e_mails_come_from_can_be_read_by_every_server() -> None:
    assert sender("Müller & Söhne", "office@m.example") == "Müller & Söhne <office@m.example>"
    assert sender('Hall, Inc. "HVAC"', "office@m.example") == '"Hall, Inc. \\"HVAC\\"" <office@m.example>'


def test_a_way_out_without_its_secrets_is_a_remark() -> None:
    assert all(line.startswith("# ") for line in twilio("+13125550100").lines)
    assert "[email]" in smtp("Us <us@m.example>", "mail.m.example", "").lines
