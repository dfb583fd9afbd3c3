"""The same six flags as technicians write them in the field: short, in capitals, with slips of the pen, in the middle of other things; and what only looks so."""

FIELD: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "warranty": (
        (
            "repl bd, still under warr, need claim #",
            "WARRANTY CALL - SAME VALVE AS APRIL",
            "Motor covered by the mfr warranty, tag in the folder",
            "cust says roof has 10 yr workmanship warranty from us",
            "Bad capacitor. Warranty part ordered, RMA 4471",
        ),
        (
            "Registered nothing, papers are with the owner",
            "Not worth the repair, does not warrant it",
            "Mr. Warren signed",
            "Warrenville Rd, second house",
            "Guard rail checked",
        ),
    ),
    "safety": (
        (
            "GAS LEAK AT UNION UPSTREAM OF THE VALVE, SHUT OFF",
            "elevated CO at supply register 60ppm, shut furnace down",
            "outlet hot to the touch and buzzing, breaker left off",
            "Arcing at the meter base, told them to call the utility",
            "Found frayed cord on the pump, someone could get shocked",
            "Strong smell of gas in the basement when I came in",
        ),
        (
            "No gas smell, all joints soaped",
            "CO test 0 ppm at all registers",
            "Left breaker on, tested the outlet",
            "Gas furnace tune-up, flame sensor cleaned",
            "Replaced smoke detector batteries",
            "Pressure relief valve tested ok",
            "Safety check passed",
        ),
    ),
    "damage": (
        (
            "put a hole in the ceiling by accident, will patch",
            "RAN OVER SPRINKLER HEAD W/ VAN",
            "stepped through the attic floor, drywall cracked in the bedroom",
            "Chipped the granite counter with the drill",
            "Ladder fell and broke a window",
            "Our guys dinged the fridge",
        ),
        (
            "Cut hole in the ceiling for the new register",
            "Protected the counter, no scratches",
            "Replaced broken sprinkler head",
            "Window unit cleaned",
            "Broke down the boxes and hauled them off",
            "Cracked the window open to air the room",
        ),
    ),
    "angry-customer": (
        (
            "CUST VERY MAD ABOUT BILL",
            "HO irate, wants manager to call",
            "client was screaming at us bc of the mess",
            "Customer says he will post on Yelp and never use us again",
            "homeowner really frustrated, 2nd no-show",
            "She demands a refund",
        ),
        (
            "Customer calm and friendly",
            "HO not mad, just asked about time",
            "Screaming noise from the blower bearing, replaced it",
            "Furious wind on the roof, stopped early at 3",
            "He laughed about the mess, all good",
            "Refund not asked for, nothing owed",
        ),
    ),
    "upsell": (
        (
            "cust wants quote on new condenser",
            "PLS SEND EST FOR WHOLE HOUSE REPIPE",
            "told HO office would call w/ price for water softener",
            "interested in duct cleaning, send quote",
            "Customer would like a bid to replace the gutters",
        ),
        (
            "per quote Q-118, all items done",
            "est 1 hr on site, done in 40 min",
            "No quote needed",
            "price agreed before work, paid",
            "bid was accepted in May, work finished",
        ),
    ),
    "return-visit": (
        (
            "NEED TO GO BACK W/ LONGER LADDER",
            "2nd trip reqd for flue cap",
            "could not finish, out of shingles, back tmrw",
            "waiting on part, will come back when it is in",
            "needs revisit after inspection",
            "Schedule return to install the board",
        ),
        (
            "return plenum sealed",
            "backed out the screw and replaced it",
            "Return not needed",
            "went back to the van for tools, finished",
            "cust will call if it comes back",
            "Came back up to temperature, finished",
        ),
    ),
}
