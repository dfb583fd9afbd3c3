"""Which time zones and states are plausible for a person."""

from zoneinfo import ZoneInfo

import pytest

from contractor_ops.planning.whereabouts import Whereabouts, whereabouts_of

CHICAGO = ZoneInfo("America/Chicago")


def look_up(phone: str | None = None, address: str | None = None, country: str = "US", office: ZoneInfo = CHICAGO) -> Whereabouts:
    return whereabouts_of(phone, address, country, office)


def zones(found: Whereabouts) -> set[str]:
    return {zone.key.removeprefix("America/") for zone in found.zones}


@pytest.mark.parametrize(
    ("address", "state", "expected"),
    [
        ("412 Kedzie Ave, Chicago, IL 60618", "IL", {"Chicago"}),
        ("Chicago, IL 60618-1234, USA", "IL", {"Chicago"}),
        ("Chicago, IL 60618 (gate code 4411)", "IL", {"Chicago"}),
        ("412 Kedzie Ave\nChicago\nIllinois", "IL", {"Chicago"}),
        ("chicago il", "IL", {"Chicago"}),
        ("412 Kedzie Ave, 60618", "IL", {"Chicago"}),
        ("Odessa TX 79761", "TX", {"Chicago"}),
        ("El Paso TX 79901", "TX", {"Denver"}),
        ("Odessa, Texas", "TX", {"Chicago", "Denver"}),
        ("Odessa, TX, side door", "TX", {"Chicago", "Denver"}),
        ("Miami, FL 33101", "FL", {"New_York"}),
        ("Pensacola, FL 32501", "FL", {"Chicago"}),
        ("Panama City, FL 32401", "FL", {"Chicago", "New_York"}),
        ("Gary IN 46402", "IN", {"Chicago"}),
        ("Indianapolis IN 46201", "IN", {"New_York"}),
        ("Boise id 83702", "ID", {"Denver"}),
        ("Washington, D.C. 20001", "DC", {"New_York"}),
        ("New York, New York 10001", "NY", {"New_York"}),
        ("3 Hill Rd, Charleston, West Virginia 25301", "WV", {"New_York"}),
        ("Cambridge, MA 2139", "MA", {"New_York"}),  # a spreadsheet took the leading zero
        ("Honolulu HI 96815", "HI", {"Pacific/Honolulu"}),
        ("Pago Pago 96799", "AS", {"Pacific/Pago_Pago"}),
        ("Portland OR", "OR", {"Los_Angeles", "Denver"}),
        # one place's name inside another's
        ("Ontario, CA 91761", "CA", {"Los_Angeles"}),
        ("Kansas City, MO 64106", "MO", {"Chicago"}),
        ("Delaware, OH", "OH", {"New_York"}),
        ("12 Washington Ave NE, Atlanta, GA 30301", "GA", {"New_York"}),
        ("12 Oak Ct 60618", "IL", {"Chicago"}),
        ("Hartford CT 06101", "CT", {"New_York"}),
        # Canada
        ("Toronto, ON M5V 2T6", "ON", {"Toronto"}),
        ("Thunder Bay, Ontario P7B 1A1, Canada", "ON", {"Toronto", "Winnipeg"}),
        ("Montréal, Québec", "QC", {"Toronto", "Halifax"}),
        ("St. John's NL A1B 2C3", "NL", {"St_Johns"}),
    ],
)
def test_an_address_names_its_state_and_zones(address: str, state: str, expected: set[str]) -> None:
    found = look_up(address=address)
    assert (found.states, zones(found), found.sure) == ((state,), expected, True)


@pytest.mark.parametrize(
    "address",
    [
        "412 Kedzie Ave",
        "12345 Main St",
        "PO Box 60618",
        "401 N Michigan",
        "1200 Indiana",
        "12 OAK CT",
        "500 5TH AVE NE",
        "call on arrival or ring, in the back",
        "Lot 60618, rear",
        "",
    ],
)
def test_a_street_alone_says_nothing(address: str) -> None:
    found = look_up(address=address)
    assert (found.zones, found.states, found.sure) == ((CHICAGO,), (), False)


def test_where_word_and_zip_code_disagree_both_are_plausible() -> None:
    found = look_up(address="Odessa TX 60618")
    assert set(found.states) == {"TX", "IL"}
    assert zones(found) == {"Chicago", "Denver"}


@pytest.mark.parametrize(
    ("phone", "states", "expected"),
    [
        ("+13125550142", ("IL",), {"Chicago"}),
        ("+13125550142;ext=12", ("IL",), {"Chicago"}),
        ("+13055550142", ("FL",), {"New_York"}),
        ("+19155550142", ("TX",), {"Denver"}),
        ("+18125550142", ("IN",), {"New_York", "Chicago"}),
        ("+19305550142", ("IN",), {"New_York", "Chicago"}),
        ("+18505550142", ("FL",), {"New_York", "Chicago"}),
        ("+17015550142", ("ND",), {"Chicago", "Denver"}),
        ("+12085550142", ("ID",), {"Denver", "Los_Angeles"}),
        ("+19285550142", ("AZ",), {"Phoenix", "Denver"}),
        ("+14165550142", ("ON",), {"Toronto"}),
        ("+19025550142", ("NS", "PE"), {"Halifax"}),
        ("+13125550142, +14155550142", ("IL", "CA"), {"Chicago", "Los_Angeles"}),
    ],
)
def test_a_number_names_its_state_and_every_zone_of_its_area_code(phone: str, states: tuple[str, ...], expected: set[str]) -> None:
    found = look_up(phone)
    assert (found.states, zones(found), found.sure) == (states, expected, True)


def test_a_number_from_abroad_has_zones_and_no_state() -> None:
    found = look_up("+442079460142", office=ZoneInfo("Europe/London"), country="GB")
    assert ([zone.key for zone in found.zones], found.states, found.sure) == (["Europe/London"], (), True)


@pytest.mark.parametrize("phone", ["+18005550142", "+18335550142", "+18765550142", "+15555550142", "no number", None])
def test_a_number_that_belongs_to_no_one_place_leaves_the_offices_zone_and_is_not_sure(phone: str | None) -> None:
    found = look_up(phone)
    assert (found.zones, found.states, found.sure) == ((CHICAGO,), (), False)
    assert "Chicago stands in" in found.why


def test_a_toll_free_number_leaves_the_address_to_say_it() -> None:
    found = look_up("+18005550142", "Odessa TX 79761")
    assert (found.states, zones(found), found.sure) == (("TX",), {"Chicago"}, True)


def test_address_and_number_are_put_together_the_address_first() -> None:
    found = look_up("+13055550142", "412 Kedzie Ave, Chicago, IL 60618")
    assert found.states == ("IL", "FL")
    assert [zone.key for zone in found.zones] == ["America/Chicago", "America/New_York"]
    assert found.why == "the address is in Illinois and the number belongs to Florida"


def test_a_zip_code_does_not_narrow_what_the_number_says() -> None:
    assert zones(look_up("+18125550142", "Evansville, IN 47701")) == {"Chicago", "New_York"}


def test_without_a_zip_code_a_number_of_that_state_and_the_office_settle_the_zone_together() -> None:
    assert zones(look_up("+17135550142", "Houston, TX")) == {"Chicago"}
    assert zones(look_up("+17135550142", "Houston, TX", office=ZoneInfo("US/Central"))) == {"Chicago"}
    # a number from elsewhere, or an office elsewhere, settles nothing
    assert zones(look_up("+13125550142", "Houston, TX")) == {"Chicago", "Denver"}
    assert zones(look_up("+17135550142", "El Paso, TX", office=ZoneInfo("America/Denver"))) == {"Chicago", "Denver"}
    assert zones(look_up("+19155550142", "El Paso, TX")) == {"Chicago", "Denver"}


def test_an_office_elsewhere_does_not_read_american_states_out_of_its_addresses() -> None:
    assert look_up(address="12 High Street, Washington", country="GB").sure is False


def test_in_canada_a_last_ca_is_the_country() -> None:
    assert look_up(address="Toronto, ON, CA", country="CA").states == ("ON",)
    assert look_up(address="Toronto, ON, CA").states == ("CA",)  # which only narrows the hours
