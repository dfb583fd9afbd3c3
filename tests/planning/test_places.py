"""What places.toml says about states, postcodes and area codes fits together."""

from zoneinfo import available_timezones

import pytest

from contractor_ops.planning.places import places


@pytest.mark.parametrize(
    ("postcode", "code"),
    [
        ("60618", "IL"),
        ("79901", "TX"),
        ("88510", "TX"),
        ("00601", "PR"),
        ("96815", "HI"),
        ("96799", "AS"),
        ("X0A0H0", "NU"),
        ("X1A1A1", "NT"),
    ],
)
def test_the_longest_beginning_of_a_postcode_names_its_region(postcode: str, code: str) -> None:
    region = places().region_of_postcode(postcode)
    assert region is not None
    assert region.code == code


def test_a_postcode_that_nobody_has_names_no_region() -> None:
    assert places().region_of_postcode("00000") is None
    assert places().region_of_postcode("") is None


def test_every_zone_of_the_data_exists() -> None:
    known = places()
    named = {zone for region in known.regions.values() for zone in (*region.zones, *region.zone_by_postcode.values())}
    named |= {zone for zones in known.split_area_codes.values() for zone in zones} | set(known.same_clock.values())
    assert named <= available_timezones()


def test_a_postcode_settles_only_zones_and_postcodes_of_its_own_region() -> None:
    for region in places().regions.values():
        for start, zone in region.zone_by_postcode.items():
            owner = places().region_of_postcode(start)
            assert zone in region.zones
            assert owner in (region, None), f"{start} belongs to {owner}"


def test_a_split_area_code_lies_in_the_zones_of_its_regions() -> None:
    for area_code, split in places().split_area_codes.items():
        regions = places().regions_of_area_code(area_code)
        assert set(split) <= {zone for region in regions for zone in region.zones}, area_code
