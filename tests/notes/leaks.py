"""Notes with something in them that a customer must not read, each with the words that must not be shown; and work that only sounds like it. Made up."""

TOLD: tuple[tuple[str, str], ...] = (
    # card and social security numbers
    ("repl cap. CC 4111 1111 1111 1111 exp 04/28", "1111"), ("visa 4111-1111-1111-1111 cvv 123, repl cap", "4111"), ("repl cap, 4111111111111111 04/28", "4111"),
    ("amex 3782 822463 10005 exp 09/27", "822463"), ("card: 5555 5555 5555 4444", "5555"), ("repl cap. 6011 0009 9013 9424, 11/29, 442", "442"),
    ("SSN 123-45-6789 on the rebate form", "6789"), ("soc 123 45 6789, repl cap", "6789"), ("repl cap. last 4 on card 1881 exp 3/27", "1881"), ("mc 5105 1051 0510 5100 exp. date 12/2028, repl cap", "5100"),
    # ways in
    ("alarm off w/ 5567", "5567"), ("Pin 4455", "4455"), ("Entry: 7788", "7788"), ("gate 1234#", "1234"), ("repl cap. Alarm 5567 to disarm", "5567"), ("turn alarm off with 5567, repl cap", "5567"),
    ("entry 7788 repl cap", "7788"), ("Gate: 1234", "1234"), ("pin# 4455", "4455"), ("access 9012", "9012"), ("pin 4455 in the back, repl cap", "4455"), ("entry 7788 a side door", "7788"),
    # what is not for the customer
    ("didn't tell her about the leak we caused", "caused"), ("don't tell cust", "cust"), ("dont tell the HO we cracked it, repl cap", "cracked"), ("never told her the pan was cracked by us", "cracked"), ("did not mention the scratch to cust", "scratch"),
    ("wife is hot", "hot"), ("repl cap, daughter is cute", "cute"), ("the lady is smoking hot lol", "smoking"), ("HO is gorgeous", "gorgeous"), ("hot wife, repl cap", "wife"),
    ("our cost 45, charge 250", "250"), ("cap cost us 45, bill 250", "250"), ("repl cap. paid 45 for it, sell for 189", "189"), ("parts were 45, charge 250", "250"), ("part 45 our price, cust 250", "250"),
)  # fmt: skip
"""What was found to be shown, and what is like it."""

FURTHER: tuple[tuple[str, str], ...] = (
    # keys
    ("repl cap. Key is taped to meter", "taped"), ("fob in the glovebox, repl cap", "glovebox"), ("she hides one under the frog by the steps, repl cap", "frog"), ("keys on top of breaker panel, chk chrg", "on top"), ("left slider stays unlocked, repl cap", "unlocked"),
    ("window by the AC doesn't latch, can get in there", "latch"), ("repl cap, let myself in w/ the spare", "spare"),
    # codes
    ("4411 at the pad then wait for green, repl cap", "4411"), ("mailbox combo 8-22-4", "8-22-4"), ("opens with 0911", "0911"), ("bldg door: 5566 then #", "5566"), ("guard shack say unit 7 pw bluebird", "bluebird"), ("wifi: Smith5G / hunter22", "hunter22"), ("tstat locked, pass is 3030", "3030"),
    # prices
    ("repl cap. 450 total, she okd it", "450"), ("part was 62.18 at Johnstone, repl cap", "62.18"), ("bid 4k, would do it for 3500", "3500"), ("we get these for 80 and sell em at 300", "300"), ("gave her 10% off", "10%"), ("knocked 50 off for the wait", "50"),
    # opinions of people
    ("this dude is a piece of work", "piece of work"), ("old bat watched me the whole time", "bat"), ("husband seems shady", "shady"), ("kids are brats", "brats"), ("she has no clue", "clue"), ("guy smells", "smells"), ("cust is a talker, add 30 min", "talker"),
    # other customers
    ("same bad board as the Hendersons on Elm", "Henderson"), ("had same issue at Mrs Alvarez's house last week", "Alvarez"), ("took cap from Johnson job", "Johnson"),
    # health
    ("HO has cancer, go easy", "cancer"), ("he is on oxygen and in hospice", "hospice"), ("wife just had a miscarriage", "miscarriage"), ("son is autistic so knock softly", "autistic"),
    # threats of law, off the books
    ("says he'll take us to court over the floor", "court"), ("she is getting an attorney", "attorney"), ("threatening small claims", "claims"), ("off the books, repl cap", "books"), ("side job, cash in hand no receipt", "side job"), ("no permit pulled, keep quiet about it", "permit"),
)  # fmt: skip
"""Written to try what the rules let pass."""

LATER: tuple[tuple[str, str], ...] = (
    ("repl cap. cust gave card over phone 4242 4242 4242 4242", "4242"), ("Discover 6011-1111-1111-1117 thru 6/29", "6011"), ("paid w/ card ending 4242", "4242"),
    ("repl cap. SS# 987-65-4321", "4321"), ("disarm code is birthday 0704", "0704"), ("keypad on shed 8812", "8812"), ("garage 2271 enter", "2271"), ("hit 9 to buzz up, apt 4b", "9 to"),
    ("combo for the shed lock 32-10-4", "32-10"), ("key on nail inside shed", "nail"), ("neighbor in blue house has spare", "spare"), ("back door never locked", "never"),
    ("repl cap, wholesale 18 we got 220", "18"), ("markup on this was 300 pct", "300"), ("she'd pay 5k easy", "5k"), ("quoted high so she says no", "quoted"), ("competitor wanted 900", "900"),
    ("I told him 275 tops", "275"), ("husband is a drunk", "drunk"), ("weird vibe from this guy", "weird"), ("lady talks too much", "talks"), ("these people are disgusting", "disgusting"),
    ("real piece of crap landlord", "landlord"), ("her boyfriend was yelling", "yelling"), ("customer lies about everything", "lies"), ("same problem at the Petersons", "Peterson"),
    ("left our ladder at Nguyen residence", "Nguyen"), ("used the pump meant for the Garcia job", "Garcia"), ("wife has alzheimers dont upset her", "alzheimers"),
    ("customer recovering from heart surgery", "surgery"), ("he has MS, cant use stairs", "MS"), ("she said her lawyer will call", "lawyer"), ("threatened to leave 1 star", "star"),
    ("wants to sue over carpet", "sue"), ("did it cash no ticket", "cash"), ("dont ring this one up", "ring"), ("we scratched her floor, covered w/ rug", "scratched"),
    ("drilled thru a pipe, patched it, she doesnt know", "know"), ("flange was fine but sold her one anyway", "anyway"), ("not licensed for gas but did it anyway", "licensed"),
)  # fmt: skip
"""Written when the rules stood, to see how far they carry."""

STAYS: tuple[str, ...] = (
    # figures that are no codes
    "Code 33 on furnace board", "P/N 4455", "Model 5567", "Set to 4455 BTU", "4455 sq ft", "Fault code 4455 cleared", "S/N 4111111111111112 recorded", "Pin 4 to pin 7 reads 24 volts", "Pin 12 on connector open", "Gate valve 1234 replaced", "Alarm set at 85 degrees",
    "Entry door weatherstrip replaced", "CC 0.5 ppm", "Combined chlorine 0.2, free chlorine 3", "Access panel 12 x 12 installed", "Filter expired 04/28", "Tank expiration date 04/2028", "Breaker 4455 watts", "Alarm 12 low flow on boiler", "Part 123-456-789 installed", "Serial 4532 0151 1283 0367 recorded",
    # ways in that are work
    "Keyed new lockset", "Unlocked rotor", "Key stock replaced", "Replaced door latch", "Let system run", "Opens with low voltage", "Fob sensor wired", "Wi-Fi module paired", "Replaced sliding door threshold",
    # heat, not looks
    "Unit is hot", "Wire is hot", "Attic is hot", "Compressor was hot", "Water is smoking hot", "She says bedroom is hot", "Customer is hot upstairs", "Supply is hot", "Hot water at kitchen",
    # money words
    "Added 250 ml of oil", "Charged 6 lb 4 oz R-410A", "Cost of leak is lost heat", "Discharge 250 psi", "Sold by weight",
    # people and health
    "Customer aware of leak", "Explained leak to customer", "Told customer about filter size", "Did not tell a difference after cleaning", "Oxygen sensor replaced", "Cancelled timer program", "Nursing home boiler serviced", "Hospital bed circuit wired",
    # law and books
    "Court yard drain cleared", "Tennis court lights repaired", "Permit posted on door", "Inspector signed off", "Side wall vent sealed", "Took off cover", "Booked follow-up visit", "Claims no heat upstairs", "Water meter book value read",
    "Johnson Controls valve replaced", "Moved to Henderson valve seat", "Smith water heater flushed", "Same board as unit 2",
    # what the rules first kept out, or might
    "Pulled wire through attic, fished in through wall", "Replaced pin and clevis, set spacing 1200 rpm", "Opened with 2400 psi on relief test", "Water got in through the window flashing",
    "Squirrels got in through vent", "Panel key works, spare breaker slots 4", "Installed spare belts", "Added the spare fuse to cabinet", "Left it on the charger, tested",
    "Left system on, keep it under 85 degrees", "Replaced courtyard light", "Police station boiler serviced", "Permit posted, inspection passed", "No permit required for water heater",
    "Total 1450 cfm measured", "Total run 120 ft of pipe", "Part was cracked, replaced", "Parts were installed as spec'd", "Materials: 2 boxes of tile", "Paid attention to slope",
    "Customer smells gas at range", "She smelled burning in hallway", "He is hot upstairs", "Customer was watching for leaks", "Stood on roof, checked flashing", "Report of leak at sink",
    "Disputed reading rechecked", "Replaced oxygen sensor on boiler", "House alarm wired to smoke detector", "Card reader at gate replaced, gate operator tested",
    "Installed login screen on thermostat", "License plate holder light", "Wheelchair lift circuit repaired", "CC 0.4, FC 3.2, pH 7.4", "MC cable 12/2 ran 40 ft", "Discover leak at union",
    "Discovered bad cap", "Exp tank 12 psi", "Exp valve replaced", "Amps 1234 1250 1240 1260 rpm readings", "Model 4455 entry door seal", "Serial 123456789012 recorded", "Alarm relay 24 volts ok",
    "Tested alarm, 4 zones ok", "Same issue as unit 4 at north side", "Used parts from truck, from last job box", "Took readings from each zone", "Cut 2 off bracket", "Skipped inspection port",
    "Hospital grade receptacle installed", "Stroke of actuator set", "Ill-fitting lid replaced", "Quiet after mount replaced, keep it level", "Sold state relay replaced", "Bid to replace roof",
    "Other customer restroom faucet fixed", "We flooded test line, no leaks", "We spilled test dye in drain, traced leak", "Our crew left site clean", "Network cable 6 run to rack",
    "wifi tstat connected on ch 6", "Door doesn't latch, adjusted strike", "Pad 1234 block set", "Gate 24 inch hinge", "Unlocked disconnect and restored power", "Threaded 3/4 in. nipple",
    "ran 10 ft. pex, tstd ok", "plugged 3 in. Tested ok", "Replaced AFCI anyway", "Window unit doesn't lock in frame", "License plate light repaired",
)  # fmt: skip
"""Work, to be shown: nothing of it is kept out."""
