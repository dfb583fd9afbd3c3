"""What a heating & air company does for a living: its kinds of job, with their prices, hours, parts and the notes that they end in."""

from dataclasses import dataclass
from datetime import date
from random import Random


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. Prices in whole dollars; `season` is "heat", "cool" or "any"."""

    title: str
    job_type: str
    season: str
    lowest: int
    highest: int
    hours: float
    parts: str
    note: str


SERVICE = (
    Kind("Furnace tune-up", "Tune-up", "heat", 149, 229, 1.0, "filter 16x25x1",
         "Cleaned burners and flame sensor, changed filter. Temperature rise 48 F, CO 0 ppm."),
    Kind("AC tune-up", "Tune-up", "cool", 149, 229, 1.0, "filter 16x25x1",
         "Washed the condenser coil, cleared the drain, changed filter. Split 19 F."),
    Kind("No heat", "Repair", "heat", 260, 620, 2.0, "flame sensor",
         "Flame sensor fouled, replaced it. Cycled the furnace five times, runs as it should."),
    Kind("Blower noisy", "Repair", "any", 480, 980, 2.5, "blower motor, run capacitor",
         "Bearings of the blower motor worn. Replaced motor and capacitor, checked amps."),
    Kind("AC not cooling", "Repair", "cool", 240, 760, 2.0, "contactor, run capacitor",
         "Contactor pitted and capacitor weak, replaced both. Charge is right."),
    Kind("Condensate leak", "Repair", "cool", 190, 390, 1.5, "none",
         "Drain was blocked. Flushed it, levelled the pan, no more water."),
    Kind("Thermostat replacement", "Controls", "any", 230, 410, 1.0, "thermostat",
         "Replaced the thermostat, set the schedule with the customer and showed the app."),
    Kind("Boiler service", "Tune-up", "heat", 219, 349, 1.5, "none",
         "Checked relief valve and expansion tank, bled the radiators. 14 psi cold."),
)  # fmt: skip
INSTALLS = (
    Kind("Furnace replacement", "Furnace install", "heat", 4800, 7900, 9.0, "furnace, flue pipe 3 in, gas connector",
         "New furnace in and commissioned. Gas 3.5 in WC, temperature rise 45 F."),
    Kind("AC condenser replacement", "AC install", "cool", 4200, 6900, 8.0, "condenser, line set 25 ft",
         "New condenser set on a pad, evacuated to 400 microns, charged by weight."),
    Kind("Ductless mini-split", "Mini-split install", "any", 3900, 6200, 7.0, "mini-split, line set 25 ft",
         "Mounted head and outdoor unit, pressure test held, cooling and heating tried."),
    Kind("Heat pump", "Heat pump install", "any", 8200, 12900, 12.0, "heat pump, line set 25 ft, disconnect",
         "Heat pump installed and started up, defrost cycle tested."),
)  # fmt: skip


TUNE_UP = {"heat": SERVICE[0], "cool": SERVICE[1]}
BREAKDOWN = {"heat": SERVICE[2], "cool": SERVICE[4]}
BLOWER, THERMOSTAT = SERVICE[3], SERVICE[6]
FURNACE, CONDENSER, MINI_SPLIT = INSTALLS[0], INSTALLS[1], INSTALLS[2]


def season(day: date) -> str:
    """Whether Chicago heats or cools: "heat" or "cool"."""
    return "cool" if 5 <= day.month <= 9 else "heat"


def service_for(rng: Random, day: date) -> Kind:
    """A service call that fits the time of year."""
    return rng.choice([kind for kind in SERVICE if kind.season in (season(day), "any")])


def price(rng: Random, kind: Kind) -> int:
    """A price of that kind of job, in whole dollars."""
    return rng.randrange(kind.lowest, kind.highest, 5)
