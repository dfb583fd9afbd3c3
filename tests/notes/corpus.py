"""Notes as technicians write them, each with what it tells: written by hand, before the words were that they are judged by.

The letters: w work, h hours, p parts (or none), r readings, m model and serial number, f photos, s signature, c payment, u whether somebody must
come back.
"""

from contractor_ops.notes.points import Point

LETTERS: dict[str, Point] = {
    "w": "work", "h": "hours", "p": "parts", "r": "readings", "m": "model", "f": "photos", "s": "signature", "c": "payment", "u": "follow-up",
}  # fmt: skip

NOTES: tuple[tuple[str, str], ...] = (
    # ── nothing at all ──
    ("", ""), ("done", ""), ("Done.", ""), ("fixed it", ""), ("Fixed.", ""), ("ok", ""), ("OK 👍", ""), ("complete", ""), ("Job complete", ""),
    ("Completed", ""), ("see above", ""), ("n/a", ""), ("same as last time", ""), ("All good", ""), ("all done, works fine now", ""),
    ("Luis Ortega", ""), ("11/20/2026", ""), ("Luis 11/20", ""), ("- L. Ortega, Nov 20", ""), ("finished the job", ""), ("work done as requested", ""),
    ("see ticket", ""), ("...", ""), ("✅", ""), ("tbd", ""), ("x", ""), ("notes to follow", ""), ("Will write up later", ""), ("See invoice", ""),
    ("listo", ""), ("Trabajo terminado", ""), ("To be billed", ""), ("Gate code 4410, dog in the yard", ""), ("Repaired", ""), ("system working", ""),
    ("Customer reports no heat.", ""), ("cust states AC not cooling upstairs", ""), ("resolved issue", ""), ("took care of it", ""),
    # ── work, and nothing else ──
    ("Cleaned burners and flame sensor.", "w"), ("snaked main line 75 ft, pulled roots", "w"), ("Reset breaker, tightened lugs", "w"),
    ("Patched flashing around chimney", "w"), ("unclogged kitchen sink", "w"), ("Adjusted thermostat wiring and tested", "w"),
    ("Diagnosed bad compressor. Customer to decide.", "w"), ("chk chrg, cleaned coil", "w"), ("bled radiators", "w"),
    ("Limpié la bobina y el drenaje", "w"), ("更换了空调的过滤网", "w"), ("Почистил горелки и датчик", "w"), ("cleaned drain 🚿 all flowing", "w"),
    ("Inspected roof, no leaks found", "w"), ("backwashed filter and brushed walls", "w"), ("Rewired outlet in the kitchen", "w"),
    ("Flushed tank", "w"), ("Checked everything on the furnace", "w"), ("Re-secured loose downspout", "w"), ("leveled condenser pad", "w"),
    ("repaired leak under sink", "w"), ("Fixed loose wire at the contactor", "w"), ("tightened flare nut, leak stopped", "w"),
    # ── hours ──
    ("2.5 hrs", "h"), ("3h", "h"), ("on site 9-11:30", "h"), ("hour and a half", "h"), ("1/2 hr", "h"), ("1 1/2 hours", "h"), ("½ hr", "h"),
    ("Cleaned coil. 2 hours", "wh"), ("cleaned coil, 2hrs labor", "wh"), ("arrived 9:05, left 11:30", "h"), ("In 8:00 Out 10:15", "h"),
    ("Hours: 2.5", "h"), ("hrs 3", "h"), ("labor 1.5", "h"), ("time on site: 45 min", "h"), ("Took about 3 hours", "h"), ("2 men 4 hrs each", "h"),
    ("9am-11am cleaned condenser", "wh"), ("Flushed heater, 45 min", "wh"), ("1h 30m", "h"), ("half an hour", "h"), ("two hours on site", "h"),
    ("dos horas y media, limpié quemadores", "wh"), ("1.25hr cleaned burners", "wh"), ("total 26 hrs, re-piped basement", "wh"), ("2,5 hrs", "h"),
    ("Snaked drain from 1:15 to 2:45 pm", "wh"), ("2 hours labor, 24 hr emergency rate", "h"), ("worked 3 hrs", "h"), (".75 hr", "h"),
    # ── figures that are no hours worked ──
    ("24 hr delay on the part, cleaned coil", "w"), ("Customer wants a call back within 2 hours. Cleaned coil.", "w"), ("Hours to follow", ""),
    ("after hours call, reset breaker", "w"), ("Leaking for 3 hours before I came; tightened fitting", "w"), ("Let sealant cure 24 hours", "w"),
    ("Ran pump 2 hrs a day on the timer, adjusted timer", "w"), ("2 hour window 8-10", ""), ("Called 2 hours ago", ""), ("$95/hr, cleaned drain", "w"),
    ("95 per hour quoted", ""), ("Quoted 4 hours for the repair", ""), ("should take 3 hrs next time, cleaned drain", "w"), ("hrs tbd", ""),
    ("Ran furnace 20 min, cycled fine", "w"), ("tested 15 minutes, no leaks", "w"), ("Waited 1 hr for customer", ""), ("1 hour drive", ""),
    ("Customer is home 9-5", ""), ("Open hours 8:00-17:00", ""), ("next visit tomorrow 9-11am", "u"), ("2 hr minimum applies", ""),
    ("I will send my hours tonight", ""), ("system was down 48 hours, reset board", "w"), ("model 58STA4H", ""),
    ("Will need 2 more hours, pulled old tub", "w"), ("scheduled 1:00-3:00, cleaned gutters", "w"),
    # ── parts ──
    ("no parts", "p"), ("No parts used, cleaned drain", "wp"), ("parts: none", "p"), ("used 2 filters", "wp"), ("replaced capacitor", "wp"),
    ("repl cap 45/5", "wp"), ("Installed new thermostat", "wp"), ("swapped contactor", "wp"), ("changed filter", "wp"), ("Parts: 1 contactor, 2 fuses", "p"),
    ("R&R blower motor", "wp"), ("added 2 lbs R410A", "wp"), ("New wax ring, reset toilet", "wp"), ("didn't need any parts, reset gfci", "wp"),
    ("parts - n/a, adjusted float", "wp"), ("put in a new flapper", "wp"), ("Flame sensor fouled, replaced it.", "wp"), ("sin piezas, limpié el drenaje", "wp"),
    ("Cambié el capacitor", "wp"), ("used 10 ft of 1/2 in PEX", "wp"), ("installed (2) 20A breakers", "wp"), ("without parts, bled radiators", "wp"),
    ("Repairs done, no materials", "p"), ("Replaced two shingles and sealed flashing", "wp"), ("swapped out pump motor, primed pump", "wp"),
    ("mtls: 3 tubs of grout", "p"), ("no parts needed. Cleaned coil", "wp"),
    # ── words of parts that tell of none used ──
    ("Needs new compressor, checked charge", "w"), ("parts to follow", ""), ("Waiting for parts", ""), ("cust adv comp noisy rec repl", ""),
    ("Part on order: blower motor. Diagnosed motor.", "w"), ("Recommend replacing water heater, flushed tank", "w"), ("cleaned part of the gutter", "w"),
    ("Quoted replacement of panel", ""), ("Capacitor not replaced, cleaned coil", "w"), ("customer will replace filter himself, cleaned coil", "w"),
    ("Ordered new board, tested old one", "w"), ("did not replace valve, adjusted it", "w"), ("should be replaced soon, tightened belt", "w"),
    # ── photos ──
    ("pics uploaded", "f"), ("Photos in app", "f"), ("3 photos attached", "f"), ("took before and after pictures", "f"), ("see pics", "f"),
    ("Cleaned coil, pics sent to office", "wf"), ("photos taken. cleaned coil", "wf"), ("fotos en la app, limpié drenaje", "wf"), ("📷 uploaded", ""),
    ("photos to follow", ""), ("no photos", ""), ("will send pics tonight", ""), ("Forgot to take pictures, cleaned coil", "w"), ("need photos of the panel", ""),
    ("Couldn't take photos, phone dead", ""), ("pics tomorrow", ""), ("replaced photo eye", "wp"), ("customer wants photos of roof", ""),
    ("photos pending", ""), ("didn't get any pics", ""), ("customer sent photos before visit", ""), ("Before/after pics in CompanyCam", "f"),
    # ── signature ──
    ("cust signed", "s"), ("signed by Mrs. Lee", "s"), ("signature on file", "s"), ("got signature", "s"), ("Customer signed off on work", "s"),
    ("sig on paper", "s"), ("homeowner signed the work order, cleaned coil", "ws"), ("firmó el cliente", "s"), ("signature: yes", "s"),
    ("unable to get signature - not home", ""), ("not signed", ""), ("no signature", ""), ("Customer refused to sign", ""), ("will sign tomorrow", ""),
    ("needs signature", ""), ("unsigned", ""), ("signature pending", ""), ("signs of a leak at the elbow, tightened it", "w"),
    ("customer signed up for maintenance plan", ""), ("signed estimate for new unit", ""), ("nobody home to sign", ""), ("couldnt get sig", ""),
    ("assigned to Luis", ""), ("tenant signed for landlord", "s"), ("Signature: No", ""),
    # ── payment ──
    ("paid check 1042", "c"), ("pd cash", "c"), ("collected $250", "c"), ("Paid in full by card, cleaned coil", "wc"), ("ck #1042", "c"), ("no charge", "c"),
    ("took payment on site", "c"), ("cc on file charged", "c"), ("paid", "c"), ("venmo 180", "c"), ("charged card $180", "c"),
    ("not paid", ""), ("will mail a check", ""), ("unpaid", ""), ("customer to pay online", ""), ("check pressure and bled line", "w"),
    ("no payment collected", ""), ("paid parking", ""), ("collected water sample", "w"), ("charged system with R410A", "w"), ("payment to follow", ""),
    ("wants to pay next week", ""),
    # ── readings ──
    ("suction 118, head 325", "r"), ("118 psi suction", "r"), ("Split 19 F", "r"), ("checked charge 12 sh", "wr"), ("CO 0 ppm", "r"), ("delta T 18", "r"),
    ("pH 7.4, chlorine 2.0", "r"), ("amps 3.4", "r"), ("cleaned coil, static .5", "wr"), ("240v at disconnect", "r"), ("gas pressure 3.5 in WC", "r"),
    ("evacuated to 400 microns", "wr"), ("cap tested 38 uf", "wr"), ("SH 12 SC 10", "r"), ("temperature rise 48", "r"), ("supply 55 return 75", "r"),
    ("14 psi cold, bled radiators", "wr"), ("checked amps", "w"), ("readings to follow", ""), ("replaced 40 amp breaker", "wp"), ("installed 24v transformer", "wp"),
    ("pressures good, cleaned coil", "w"), ("set thermostat to 70 F", "w"), ("replaced 45/5 mfd cap", "wp"), ("replaced 50 gal water heater", "wp"),
    # ── model and serial number ──
    ("M/N 58STA S/N 1234A5678", "m"), ("Model 24ACC636 Serial 2218E12345", "m"), ("model # GX-80, ser# 4410-22", "m"), ("MN: TR123 SN: 998877", "m"),
    ("Mod# WH50-A, serial no. 0917-55512, flushed tank", "wm"), ("S/N 1234A5678", ""), ("Model 58STA", ""), ("old model, serial plate unreadable, cleaned coil", "w"), ("model and serial to follow", ""),
    # ── whether somebody must come back ──
    ("no follow up needed", "u"), ("Need to return with part", "u"), ("return visit needed", "u"), ("will be back Tuesday", "u"), ("F/U in 2 weeks", "u"),
    ("no return trip required, cleaned coil", "wu"), ("Must come back to seal the flashing", "u"), ("nothing further needed", "u"), ("follow up: no", "u"),
    ("second visit required", "u"), ("replaced return air filter", "wp"), ("returned old part to supplier, cleaned coil", "w"), ("customer came back home", ""),
    # ── whole notes ──
    ("Replaced blower motor and capacitor, checked amps. Hours to follow.", "wp"),
    ("Drain was blocked. Flushed it, levelled the pan, no more water. 1.5 hrs, no parts, photos in app, cust signed.", "whpfs"),
    ("2.5 hrs, no parts, pics uploaded, cust signed", "hpfs"),
    ("11/20 LO: repl cap 45/5, chk chrg 12 sh, cust adv comp noisy rec repl. 1.5h. pics. sig. pd ck 1042", "whprfsc"),
    ("5012: 2.5 hrs no parts", "hp"),
    ("Boiler service: checked relief valve, bled the radiators. 14 psi cold. 1h15. No parts. Signed by tenant. No photos, phone broken.", "whprs"),
    ("Instalé el termostato nuevo, 1 hora, fotos en la app, firmó la clienta", "whpfs"),
    ("in 9:10 out 10:40. rodded main 60', no parts. customer not home, no sig. pics up", "whpf"),
    ("Mounted head and outdoor unit, pressure test held at 500 psi for 1 hour, cooling and heating tried.", "wr"),
    ("Same issue as before. Cleaned flame sensor again. Will come back Friday with new sensor. Photos to follow, hours too.", "wu"),
)  # fmt: skip
