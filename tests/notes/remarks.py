"""Remarks that a customer must not read, and work that only sounds like one. Made up, in the manner of technicians."""

KEPT: dict[str, tuple[str, ...]] = {
    "access": (
        "gate code 4411", "Gate code: #4411 then press star", "gate code is 1990#", "garage code 0815", "door code 4-4-1-1", "front door pin 2580", "alarm code 7788 disarm first",
        "alarm pin 1234", "lockbox on side door 4410", "LOCKBOX 2580", "lock box combo 3-9-1", "key under the mat by back dr", "keys are in the mailbox", "spare key in the planter", "key w/ neighbor at 412",
        "picked up key from office", "code for the gate is 3344", "code to bldg 9911#", "keypad code 5150", "pin is 4821", "combo is 12-34-56", "wifi password hunter22", "disarm the alarm first, 2211 enter",
        "dial 045 at the callbox", "side gate is unlocked", "hide a key under the grill", "gate #4411", "entry code 0000", "bldg code 1590# at lobby", "passcode 8642", "Code 4411.", "use code 7733 to get in",
        "codigo de la puerta 4455", "garage opener is in the grill", "nobody home until Friday, key in shed", "elevator code 2020", "garage keypad 9090", "padlock combo 1414", "security code 5566", "house key w/ Mrs Ruiz next door",
    ),
    "customer": (
        "cust is a pain", "customer is a pain in the ass", "customer was rude", "cust is a PITA", "she was very angry about the mess", "he is crazy", "customer is cheap", "tenant was drunk", "homeowner yelled at me",
        "lady was rude to me", "owner is an idiot", "guy is a total jerk", "customer upset with us", "cust is super picky", "hoarder house", "house is a mess", "place was filthy", "smells like weed in there",
        "don't send me back there", "never going back there again", "watch out for this guy", "slow payer", "she refuses to pay", "cust won't pay his bills", "wants it for free", "karen", "customer thinks he knows everything",
        "husband swore at the helper", "client is impossible to please", "aggressive dog", "dog bites", "threatened to call her lawyer", "bad customer", "difficult customer", "angry customer", "h/o mad about the price", "going thru a divorce",
        "cust can't afford it", "old guy is senile", "customer very unhappy with last tech", "hot wife", "cliente muy enojado",
    ),
    "price": (
        "charge him 250", "chg him 1.5 hr + tc", "charge cust 2 hrs", "charged cust $450", "bill 3 hrs labor", "bill cust for 2 trips", "don't charge for this", "quoted $1850 for new unit", "quoted 1850", "told her $285", "told him $3200 ballpark",
        "told her 450", "pd ck 1042", "paid cash", "paid $400 by check", "collected 200 deposit", "collect balance", "RCV 18,450", "ACV 9200 deductible 1000", "discount 10%", "gave her 10% off", "waive trip fee", "waived the diag fee", "no charge today",
        "no chg per Dana", "n/c for this visit", "do not invoice yet", "invoice them for OT", "our cost 85", "parts cost us 60", "markup 40%", "3 x $95", "$95 each", "upsold him on a uv light", "price is too high", "flat rate 385", "after hours rate applies",
        "overcharged last time", "he owes us 300", "invoice 1042 past due", "cc on file", "card ending 4412", "took deposit", "commission for Luis", "bill insurance", "balance due 120", "service call fee 89", "450 dollars", "good upsell", "bid was $2k", "comp'd the trip charge", "give him a discount",
    ),
    "office": (
        "office: pls sched return", "office - pls quote new rtu", "internal: do not share", "dispatch: wrong address", "note to office order part", "call me before sending anyone", "told dispatch to reorder", "per boss no more freebies", "called office", "office to order part",
        "office pls call cust", "pls order 2 filters", "don't tell customer", "do not mention the crack", "between us the board was fine", "our mistake", "we broke the tile", "I forgot the gasket", "last tech screwed up", "previous guy botched the wiring",
        "hack job", "half-assed install", "this is bullshit", "needs OT approved", "stuck in traffic", "running late", "left vm for cust", "lvm", "went to supply house for part", "need helper next time", "send two guys", "cell 312-555-0134", "attn office bill warranty", "fyi office tstat is cust's",
        "remind me to order filters", "ask Dave about the board", "see old ticket", "no truck stock", "lunch break", "apprentice dropped it", "boss said use the old motor", "cover our ass on this", "someone needs to call her back", "clocked out 4:30",
    ),
}  # fmt: skip
"""What is kept out, by why. Whichever kind it is put down to, nothing of it may be shown."""

WORK: tuple[str, ...] = (
    # locks, gates, keys, codes
    "Replaced gate valve at main", "Adjusted gate operator arm", "Lubricated gate hinges", "Replaced key switch", "Replaced shaft key on blower", "Key sheared in coupling, replaced", "Bled radiators with radiator key", "Tightened set screw with allen key",
    "Fault code 33, limit open", "Unit showing code 33", "Error code E4 on head", "Code 33 pressure switch", "Flash code 3", "Cleared code 126 on boiler", "Brought panel up to code", "Not to code", "Electrical code requires GFCI", "Per code, added expansion tank", "Meets code", "Passed code inspection",
    "Lockout relay replaced", "Boiler in lockout", "Replaced door switch", "Adjusted garage door opener limit", "Installed keypad on garage opener", "Wired alarm relay", "High water alarm tested", "Smoke alarm chirping, replaced battery", "Low pressure alarm on chiller", "Replaced float alarm",
    "Alarm code A12 on chiller", "Freezer alarm at 20 degrees", "Installed combo box", "Combo smoke detector replaced", "Replaced combination valve", "Model code 24ACC", "Date code 2218", "Set thermostat in lock box", "Installed thermostat lockbox", "Dog chewed line set, replaced",
    "Replaced lockset on pump house door", "Pin hole leak in copper", "Replaced hinge pin", "Repaired pin hole in coil", "Replaced house trap", "House main shut off", "Opened garage panel", "Gate at condenser rubbing conduit, moved whip", "Wi-Fi thermostat connected", "Building main breaker tripped", "Zip code area wide outage",
    # people and states
    "Customer not home", "Customer advised", "Customer happy", "Customer declined repair", "Customer requested morning appointment", "Customer reports no heat", "Customer complains of noise at startup", "Homeowner supplied faucet", "Tenant says it leaks at night", "Customer wants to hold off", "Owner approved repair",
    "Spoke with manager on site", "Valve difficult to reach", "Hard to access, cut drywall", "Rough cut opening", "Cheap faucet replaced", "Hot water restored", "Hot leg loose", "Nuts and bolts tightened", "Wing nuts missing", "Unit is in bad shape", "Dirty coil cleaned", "Drain pan filthy, cleaned", "House wiring checked", "Kitchen drain was a mess of grease, cleared",
    "Smells like gas at meter, shut off", "Smell of burning at panel", "Sewer smell in basement", "Customer will call to schedule", "Crazed glass on sight glass", "Mad dash of debris removed from skimmer", "Old unit removed", "Dog hair in blower wheel, cleaned",
    # charge, price, bill, cost
    "Charged system 2 lbs", "Charged with 12 lb 8 oz R-407C", "Checked charge", "System low on charge", "No charge left in system", "System had no charge", "No charge added", "Recharged system", "Undercharged 1 lb", "Overcharged by 2 lbs, recovered", "Battery charged", "Charge is good", "Adjusted charge to 12 superheat",
    "Replaced charging port", "Replaced discharge line", "Installed Price Pfister faucet", "Pfister cartridge replaced", "Cleaned calcium deposits", "Deposits on flame sensor, cleaned", "Balanced dampers", "Balance point checked", "Chemicals balanced", "Tested for free chlorine", "Freed impeller, free spinning", "Flow rate 5 gpm",
    "Firing rate adjusted", "Explained CYA high", "Free chlorine 2.5 pH 7.8", "Feeder replaced", "Discharge pressure 325", "Collected debris from gutter", "Total dissolved solids 22", "Total alkalinity 90", "Utility meter pulled", "Under warranty, replaced compressor",
    "Checked valve, took check valve apart", "Cash register circuit dead, reset breaker", "Card reader circuit repaired", "Cost-effective filter installed", "Labor intensive job completed", "Paid attention to pitch of drain", "Costco filter fitted", "Marked breakers",
    # office words
    "Office unit not cooling", "Replaced filter in front office", "Front office: vent closed, opened", "Office restroom faucet leaking", "Thermostat in the office", "Post office roof patched", "Lead flashing replaced", "Lead pipe cut out", "Lead to water damage at sill", "Call for heat verified", "Call light circuit repaired", "Dispatched for no cooling",
    "Boss fitting replaced", "Clock on timer set", "Time clock reset", "Lunch room sink snaked", "Break room outlet replaced", "Internal leak at coil", "Internal overload open", "Internal plumbing new", "Private well pump replaced", "Damaged by hail", "Ceiling dropped at leak", "We broke up slab to reach drain", "Broke loose seized nut", "Assist spring replaced",
    "Positive battery lead tightened", "Panel schedule updated", "Fall start-up done", "Text on display missing, replaced display", "Last bolt seized, drilled out", "Previous repair leaking, redone", "First stage not firing", "Other bathroom fine",
    "No signal from bus", "Radio charger wired", "Order of phases corrected", "Need to order blower motor", "Will return with part", "Ran supply line", "Trap primed",
    "Called utility to reconnect", "Asked customer to keep filter clean", "Told customer to run fan", "Left door hanger", "Told tenant to keep drain clear", "Customer to call back for scheduling", "Overtemp relay replaced",
)  # fmt: skip
"""Work, word for word to be shown: nothing of it is kept out."""
