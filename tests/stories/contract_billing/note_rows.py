"""Jobs with the notes technicians write, and beside each what its note does not tell yet.

Every row starts from a whole job (OF_A_WHOLE_JOB) and says only what is different. `lacks` was written by hand: "" is a near miss that nobody
may be asked about.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HEADINGS = (
    "Job #", "Customer", "Job title", "Job type", "Status", "Technician", "Scheduled start", "Completed", "Technician notes", "Parts used", "Hours",
    "Photos", "Signature", "Arrived", "Left", "Readings", "Model #", "Serial #", "Payment", "Follow up needed", "Invoice #",
)  # fmt: skip
OTHER_HEADINGS = (
    "Work order #", "Client name", "Title", "Type of work", "Job status", "Assigned to", "Scheduled start", "Date completed", "Work performed",
    "Parts/Materials", "Labor hours", "Pictures", "Customer signature", "Time in", "Time out", "Measurements", "Model", "Serial number",
    "Payment collected", "Return visit needed", "Invoice number",
)  # fmt: skip
"""The same columns as another office calls them."""
WORK = "Cleaned the condenser coil and tested the system, cooling well."
OF_A_WHOLE_JOB: Mapping[str, str] = {
    "Job title": "AC repair", "Status": "Completed", "Technician": "Sam Whitaker", "Scheduled start": "2026-11-20 09:00", "Completed": "2026-11-20",
    "Technician notes": WORK, "Parts used": "none", "Hours": "2", "Photos": "3", "Signature": "Yes",
}  # fmt: skip
SHORT = {
    "title": "Job title", "type": "Job type", "status": "Status", "tech": "Technician", "done": "Completed", "note": "Technician notes", "parts": "Parts used",
    "hours": "Hours", "photos": "Photos", "signature": "Signature", "arrived": "Arrived", "left": "Left", "readings": "Readings", "model": "Model #",
    "serial": "Serial #", "payment": "Payment", "follow": "Follow up needed", "invoice": "Invoice #", "scheduled": "Scheduled start", "customer": "Customer",
}  # fmt: skip
JOB_TYPES = """
[notes.job_types]
"AC tune-up"      = { also = ["readings", "model"] }
"Emergency call"  = { also = ["payment", "follow-up"] }
"Site visit"      = { needs = ["work"] }
"Walk-through"    = { needs = [] }
"""
"""What this office wants of some kinds of job, beside what every job needs."""


@dataclass(frozen=True)
class Note:
    """One job, and the points that are still missing, in the words of config.toml."""

    number: str
    lacks: frozenset[str]
    cells: Mapping[str, str] = field(default_factory=dict)

    def row(self) -> list[Any]:
        cells = {**OF_A_WHOLE_JOB, "Job #": self.number, "Customer": f"Customer of {self.number}", **self.cells}
        return [cells.get(heading, "") for heading in HEADINGS]


def job(number: int | str, lacks: str, **different: str) -> Note:
    return Note(str(number), frozenset(lacks.split()), {SHORT[name]: value for name, value in different.items()})


EVERYTHING = "work hours parts photos signature"
LONG = "Cleaned the condenser coil, washed both filters and checked every register. " * 270

COLUMNS = (
    job(1001, ""),
    job(1002, EVERYTHING, note="", parts="", hours="", photos="", signature=""),
    job(1003, "work", note=""),
    job(1004, "parts", parts=""),
    job(1005, "hours", hours=""),
    job(1006, "photos", photos=""),
    job(1007, "signature", signature=""),
    job(1008, "hours photos", hours="", photos="0"),
    job(1009, "parts signature", parts="", signature="No"),
    job(1010, "", parts="None", hours="1.25", photos="yes", signature="Y"),
    job(1011, "", parts="2 x filter 16x25x1", photos="https://photos.example/j/1011/1.jpg", signature="Signed by Ann Li"),
    job(1012, "", hours="", arrived="9:05 AM", left="11:40 AM"),
    job(1013, "hours", hours="", arrived="9:05 AM", left=""),
    job(1014, "", photos="https://photos.example/a.jpg, https://photos.example/b.jpg"),
    job(1015, "photos", photos="No"),
    job(1016, "photos", photos="none"),
    job(1017, "signature", signature="Pending"),
    job(1018, "signature", signature="N"),
)
"""What a column says, or does not."""

HOURS = (
    job(1101, "", hours="", note=f"{WORK} 2.5 hrs on site."),
    job(1102, "", hours="", note=f"{WORK} Arrived 9:15, left 11:45."),
    job(1103, "", hours="", note=f"{WORK} 1 hr 45 min labor."),
    job(1104, "", hours="", note=f"arr 0915 dep 1140. {WORK}"),
    job(1105, "hours", hours="", note=f"{WORK} Hours to follow."),
    job(1106, "hours", hours="", note=f"Scheduled 9:00 to 11:00. {WORK}"),
    job(1107, "hours", hours="", scheduled="2026-11-20 08:00", done="2026-11-20 11:30"),
    job(1108, "hours", hours="", note=f"Job completed 11/20 at 11:30. {WORK}"),
    job(1109, "hours", hours="", note=f"Called the customer 1 hour ahead. {WORK}"),
    job(1110, "hours", hours="", note=f"{WORK} Compressor shows 14,200 run hours."),
    job(1111, "hours", hours="", note=f"{WORK} Next visit will take about 6 hours."),
    job(1112, "hours", hours="", note=f"{WORK} Hours TBD."),
    job(1113, "hours", hours="", note=f"24 hour emergency line called us out. {WORK}"),
    job(1114, "", hours="", note=f"On site 8:00 am - 10:30 am. {WORK}"),
    job(1115, "hours", hours="", note=f"Arrived 9:15. {WORK}"),
)
"""Hours that were worked, and other times."""

PARTS = (
    job(1201, "", parts="", note=f"{WORK} No parts used."),
    job(1202, "", parts="", note="Installed 2 filters 16x25x1 and tested the airflow."),
    job(1203, "", parts="", note=f"{WORK} Parts used: 1 capacitor 45/5 mfd, 1 contactor 30A."),
    job(1204, "", parts="", note="Cleaned the coil. Parts: none."),
    job(1205, "parts", parts="", note="Cleaned the coil. Parts list to follow."),
    job(1206, "parts", parts="", note="Cleaned the coil, checked the amp draw, all within limits."),
    job(1207, "", parts="NONE"),
    job(1208, "", parts="no parts"),
    job(1209, "", parts="1x contactor 30A; 1x capacitor 45/5"),
    job(1210, "parts", parts="", note="Cleaned the coil in apartment 4, second part of the building is next week."),
)

PHOTOS = (
    job(1301, "", photos="", note=f"{WORK} 3 photos attached."),
    job(1302, "photos", photos="", note=f"{WORK} No photos, phone was dead."),
    job(1303, "photos", photos="", note=f"{WORK} Photos to follow."),
    job(1304, "photos", photos="0"),
    job(1305, "", photos="12"),
    job(1306, "", photos="Yes"),
    job(1307, "", photos="", note=f"{WORK} Took 4 pics before and after, uploaded."),
    job(1308, "photos", photos="", note=f"{WORK} Photo eye of the garage door was not touched."),
)

SIGNATURES = (
    job(1401, "", signature="", note=f"{WORK} Customer signed."),
    job(1402, "signature", signature="", note=f"{WORK} Customer not home to sign."),
    job(1403, "signature", signature="", note=f"{WORK} Signs of corrosion on the line set."),
    job(1404, "signature", signature="", note=f"{WORK} Discussed the design of the ducts with her."),
    job(1405, "signature", signature="pending"),
    job(1406, "", signature="signed"),
    job(1407, "", signature="Ann Li"),
    job(1408, "signature", signature="", note=f"{WORK} Signature still needed."),
)

WORDS = (
    job(1501, "work", note="Done."),
    job(1502, "work", note="👍"),
    job(1503, "", parts="1 capacitor 45/5", note="✅ Replaced the capacitor 🙂 system cooling, 18° split"),
    job(1504, "", parts="1 capacitor 45/5", note="Se cambió el capacitor y se probó el sistema, enfría bien."),
    job(1505, "hours", hours="", parts="1 capacitor 45/5", note="Se cambió el capacitor y se probó el sistema, enfría bien."),
    job(1506, "", parts="1 capacitor 45/5", note="repl cap, chk chrg 12 sh, cust adv comp noisy rec repl"),
    job(1507, "", note=LONG),
    job(1508, "hours photos", hours="", photos="", note=LONG),
    job(1509, "", hours="", note=f"{LONG}Arrived 8:10, left 10:55. {LONG}"),
    job(1510, "work", note="-"),
    job(1511, "work", note="ok"),
)
"""Notes that say nothing, notes in other words, notes of 20 kB and more."""

KINDS = (
    job(1601, "readings model", type="AC tune-up"),
    job(1602, "", type="AC tune-up", readings="suction 118 psi, head 310 psi, SH 12", model="24ACC636A003", serial="1234E56789"),
    job(1603, "readings", type="AC tune-up", model="24ACC636A003", serial="1234E56789"),
    job(1604, "model", type="AC tune-up", readings="SH 12, SC 9"),
    job(1605, "model", type="AC tune-up", readings="SH 12, SC 9", model="24ACC636A003"),
    job(1606, "", type="AC tune-up", note=f"{WORK} Suction 118 psi, head 310 psi. Model 24ACC636A003, serial 1234E56789."),
    job(1607, "readings model", type="AC tune-up", note=f"{WORK} Charge is fine. Could not read the sticker."),
    job(1608, "payment follow-up", type="Emergency call"),
    job(1609, "", type="Emergency call", payment="Check 1021, $250", follow="No"),
    job(1610, "payment", type="Emergency call", follow="Yes"),
    job(1611, "follow-up", type="Emergency call", payment="Card"),
    job(1612, "", type="Emergency call", note=f"{WORK} Collected $250, check #1021. No follow-up needed."),
    job(1613, "", type="Site visit", hours="", parts="", photos="", signature=""),
    job(1614, "work", type="Site visit", note="", hours="", parts="", photos="", signature=""),
    job(1615, "", type="Walk-through", note="", hours="", parts="", photos="", signature=""),
    job(1616, "", type="Gutter cleaning"),
    job(1617, "payment", type="Emergency call", note=f"{WORK} She asked which payment options we have. No return visit needed."),
    job(1618, "hours readings model", type="AC tune-up", hours=""),
)

STANDING = (
    job(1701, "", status="Cancelled", note="", hours="", parts="", photos="", signature=""),
    job(1702, "", status="Scheduled", done="", note="", hours="", parts="", photos="", signature=""),
    job(1703, "", status="In progress", done="", note="", hours="", parts="", photos="", signature=""),
    job(1704, "", status="No show", done="", note="", hours="", parts="", photos="", signature=""),
    job(1705, "", status="On hold", done="", note="", hours="", parts="", photos="", signature=""),
    job(1706, "", status="Invoiced", note="", hours="", parts="", photos="", signature="", invoice="70311"),
    job(1707, "", status="Not completed", done="", note="", hours="", parts="", photos="", signature=""),
    job(1708, "hours", status="Done", hours=""),
    job(1709, "hours", status="Ready to invoice", hours=""),
    job(1710, "hours", status="Finished", hours=""),
    job(1711, "hours", tech="", hours=""),
    job(1712, "photos", tech="Sam Whitaker, Luis Ortega", photos=""),
    job(1713, "photos", tech="Somebody Unknown", photos=""),
    job(1714, "hours", title='=HYPERLINK("http://evil.example","AC")', customer="=cmd|' /C calc'!A0", hours=""),
)
"""Which jobs are looked at, and whose they are."""

FIELD = (
    job(1801, "", hours="", note="Arr 0910 dep 1140. cleaned cond coil, chkd amps"),
    job(1802, "", hours="", note="cleaned cond coil. 2.25h"),
    job(1803, "", hours="", note="TIME IN 7:45 TIME OUT 9:30. CLEANED COIL AND TESTED."),
    job(1804, "", hours="", note="1/2 hr on site. Cleaned flame sensor, furnace running."),
    job(1805, "", hours="", note="Two techs, 3 man hours total. Cleaned both units."),
    job(1806, "hours", hours="", note="Cust wants 2-4 pm window next time. Cleaned the coil."),
    job(1807, "hours", hours="", note="Unit cycles every 20 minutes. Cleaned the coil and set the differential."),
    job(1808, "hours", hours="", note="Timer set to 8 hours a day on the pool pump. Cleaned the basket."),
    job(1809, "hours", hours="", note="Left a door hanger. Cleaned the gutters front and back."),
    job(1810, "hours", hours="", note="Warranty good for 10 years. Cleaned the coil, office hours 8-5 explained."),
    job(1811, "", parts="", note="Cleaned the coil. No mat'l used."),
    job(1812, "", parts="", note="inst (1) 3/4 ball valve and 2 ft pex, tested"),
    job(1813, "parts", parts="", note="Need to order a blower motor. Cleaned what I could."),
    job(1814, "parts", parts="", note="Cleaned the coil. Parts TBD."),
    job(1815, "parts", parts="", note="Parts of the roof were wet, dried and swept."),
    job(1816, "", photos="", note="Cleaned the coil. Pics in the company cam folder, 6 of them."),
    job(1817, "photos", photos="", note="Cleaned the coil. Forgot pics, sorry."),
    job(1818, "photos", photos="", note="Cleaned the coil. Will send photos tonight."),
    job(1819, "photos", photos="", note="Customer has a photo of the old unit. Cleaned the coil."),
    job(1820, "", signature="", note="Cleaned the coil. Cust signed on tablet."),
    job(1821, "signature", signature="", note="Cleaned the coil. Will get signature next week."),
    job(1822, "signature", signature="", note="Cleaned the coil. Nobody home, no signature."),
    job(1823, "signature", signature="", note="Put the warning sign back on the panel, cleaned the coil."),
    job(1824, "signature", signature="", note="Customer did not sign, she had to leave. Cleaned the coil."),
    job(1825, "", note="Cleaned the coil.", type="Emergency call", payment="Cash $120", follow="none"),
    job(1826, "readings", type="AC tune-up", note="Cleaned the coil. Readings to follow.", model="24ACC636A003", serial="1234E56789"),
    job(1827, "", type="AC tune-up", note="Cleaned the coil. Supply 55F return 75F, 7.2 amps.", model="24ACC636A003", serial="1234E56789"),
    job(
        1828,
        "readings",
        type="AC tune-up",
        note="Cleaned the coil, changed 16x25x1 filter in unit 2.",
        model="24ACC636A003",
        serial="1234E56789",
    ),
    job(1829, "model", type="AC tune-up", note="Cleaned the coil. Model number is not readable.", readings="SH 12"),
    job(1830, "follow-up", type="Emergency call", note="Cleaned the coil. Followed the manual step by step.", payment="Cash"),
    job(1831, "payment", type="Emergency call", note="Cleaned the coil. Business card left on the table.", follow="No"),
)
"""How technicians write in the field, and words that only look like an answer."""

NOTES = COLUMNS + FIELD + HOURS + PARTS + PHOTOS + SIGNATURES + WORDS + KINDS + STANDING
