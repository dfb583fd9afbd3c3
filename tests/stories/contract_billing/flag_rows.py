"""Notes that let something slip, and notes that only sound like it; beside each the flags that it must raise, by hand."""

WARRANTY = (
    "Compressor failed, unit is under manufacturer warranty until 2028.",
    "Customer says this is a warranty call, we did the first repair in May.",
    "Claim warranty on the blower motor, old part is in the van.",
    "Heat exchanger cracked again within the warranty period, no charge?",
    "Cust thinks it's still under warranty from us.",
    "Warranty callback: same leak as last month.",
    "Part replaced under warranty, need claim number from the supplier.",
    "Water heater is 4 yrs old, still in warranty.",
)
WARRANTY_NOT = (
    "Wear does not warrant a replacement yet.",
    "Conditions warrant a second filter change in spring.",
    "Cleaned the coil under the attic floor, all good.",
    "Could not guarantee an arrival time, she was fine with that.",
    "Installed the part as ordered, manual left on the counter.",
    "Covered the opening with a panel.",
    "Replaced the cover plate of the junction box.",
    "Claimed the parking spot behind the building, unloaded there.",
)
SAFETY = (
    "Smelled gas at the meter, shut it off and called the utility.",
    "CO detector read 45 ppm in the hallway, opened windows.",
    "Exposed live wire behind the panel, taped it off.",
    "Cracked heat exchanger, red tagged the furnace.",
    "Burn marks on the breaker, fire hazard, told the owner not to use it.",
    "Panel is sparking when the pump starts.",
    "Carbon monoxide leaking from the flue.",
    "Unsafe wiring in the crawl space, did not go further.",
    "Bare wires near the pool, shock hazard.",
)
SAFETY_NOT = (
    "Replaced the gas valve, leak tested, no leaks.",
    "Tested the float safety switch, works.",
    "No safety issues found.",
    "Installed a new CO detector in the hallway and tested it.",
    "Gas pressure set to 3.5 in wc.",
    "Wore safety glasses, cleaned up after.",
    "Replaced the batteries of the fireplace remote.",
    "Checked for gas leaks, none found.",
    "Replaced the hot surface ignitor.",
)
DAMAGE = (
    "Scratched the hardwood floor moving the old unit out.",
    "Dropped a wrench and cracked a bathroom tile.",
    "Dented the garage door with the ladder.",
    "Drywall damaged while pulling the line set.",
    "Drilled into a pipe by accident and flooded the closet.",
    "Broke the customer's flower pot, told her we will pay.",
    "Found water damage on the ceiling below the bath.",
    "She says we damaged her fence.",
)
DAMAGE_NOT = (
    "No damage found.",
    "Broke the vacuum with nitrogen and charged the system.",
    "Broke for lunch at noon, back at one.",
    "Dropped off four filters at the office.",
    "Dropped the outlet pressure to 3.5.",
    "Cracked the service valve open slowly.",
    "Protected the floors with drop cloths, nothing was scratched.",
    "Checked the ceiling for water damage, none.",
)
ANGRY = (
    "Customer is very upset that this is the third visit.",
    "Cust was furious because we were late.",
    "Customer is angry and wants to talk to the manager.",
    "Homeowner threatened us with a bad review.",
    "Homeowner was yelling at me at the door.",
    "Wants his money back, says we are a rip-off.",
    "Customer not happy at all with the last visit.",
    "She threatened to call her lawyer.",
)
ANGRY_NOT = (
    "Customer happy with the work.",
    "Customer was not upset about the delay.",
    "Angry dog in the back yard, keep the gate shut.",
    "Mr. Angerer signed on the tablet.",
    "Address is 12 Mad River Rd, park in front.",
    "No complaints from the customer.",
    "Customer complaint: no cooling upstairs. Found a tripped breaker and reset it.",
    "Customer very pleased, waved from the porch.",
)
UPSELL = (
    "Promised her a quote for a new water heater.",
    "Told customer we would send an estimate for a mini split.",
    "Cust wants a price on a UV light, said the office will send a quote.",
    "Customer interested in a maintenance plan, please send a proposal.",
    "Said we'd email a quote for a new panel.",
    "He asked us to quote a whole-house surge protector.",
    "Told cust we'd give him a price for replacing the second unit.",
    "Wants an estimate to repipe the upstairs bath.",
)
UPSELL_NOT = (
    "Completed as quoted.",
    "Work done per estimate E-1042.",
    "Customer declined the new unit.",
    "Customer is not interested in a maintenance plan.",
    "Offered a filter plan, customer declined.",
    "Replaced the motor at the price on the estimate.",
    "Unit is an estimated 20 years old, cleaned it.",
    "Estimate was accepted in October, all items done.",
)
RETURN = (
    "Need to come back with a 45/5 capacitor.",
    "Return trip needed to set the fan.",
    "Part is on order, will return next week to install it.",
    "Needs a follow-up visit to check the charge.",
    "Will be back Thursday to finish the trim.",
    "Must return to patch the drywall.",
    "Return visit required, ran out of daylight.",
    "Have to come back for the second valve.",
)
RETURN_NOT = (
    "No return visit needed.",
    "No need to come back.",
    "Replaced the return air filter.",
    "Cleaned the return grille and the ducts.",
    "Returned the core to the supplier.",
    "Customer will be back Thursday from vacation.",
    "Came back from lunch and finished.",
    "Return line at 120 degrees, supply at 160.",
)
BY_FLAG = {
    "warranty": (WARRANTY, WARRANTY_NOT),
    "safety": (SAFETY, SAFETY_NOT),
    "damage": (DAMAGE, DAMAGE_NOT),
    "angry-customer": (ANGRY, ANGRY_NOT),
    "upsell": (UPSELL, UPSELL_NOT),
    "return-visit": (RETURN, RETURN_NOT),
}
SEVERAL = (
    ("Smelled gas at the stove. Customer is furious, third time this year.", {"safety", "angry-customer"}),
    ("Scratched the floor. Need to come back with touch-up paint.", {"damage", "return-visit"}),
    ("Promised a quote for a new unit. Return trip needed for the fan motor.", {"upsell", "return-visit"}),
    ("Cleaned the coil, changed the filter, tested. All good.", set[str]()),
    ("", set[str]()),
)
ALSO: dict[str, set[str]] = {
    "Heat exchanger cracked again within the warranty period, no charge?": {"safety", "damage"},
    "Compressor failed, unit is under manufacturer warranty until 2028.": set(),
    "Warranty callback: same leak as last month.": {"return-visit"},
    "Cracked heat exchanger, red tagged the furnace.": {"damage"},
    "Customer is very upset that this is the third visit.": {"return-visit"},
    "Broke the customer's flower pot, told her we will pay.": {"angry-customer"},
    "Drilled into a pipe by accident and flooded the closet.": {"safety"},
    "Wants his money back, says we are a rip-off.": {"angry-customer"},
    "Said we'd email a quote for a new panel.": set(),
    "Burn marks on the breaker, fire hazard, told the owner not to use it.": {"damage"},
    "Customer not happy at all with the last visit.": set(),
    "She says we damaged her fence.": {"angry-customer"},
}
"""Flags that may be raised as well: a cracked heat exchanger is a danger and may be called a damage."""
ALL_NOTES = tuple(note for planted, near in BY_FLAG.values() for note in (*planted, *near))
