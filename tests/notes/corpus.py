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
    ("after hours call, reset breaker", "w"), ("Leaking for 3 hours before I came; tightened fitting", "w"), ("Sealed flashing, let sealant cure 24 hours", "w"),
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
    # ── a second round, of other technicians ──
    ("Arrived 8:10am departed 10:45am. Cleared main line w/ 3/4 cable, no parts. Cust signed tablet. 4 pics.", "whpfs"),
    ("R/R igniter, 1.5 hr, HO sig on file, before & after photos in CompanyCam", "whpfs"),
    ("ck'd refrig pressures 118/325, all good. 45 mins on site", "whr"),
    ("New capacitor 35/5 installed, amp draw 9.8. Paid w/ visa. TOS 1:15-2:30", "whprc"),
    ("Pool: vac, brushed, pH 7.6 Cl 3, added 2 bags salt. 30 min", "whpr"),
    ("tear off and reshingle north slope, 2 guys 6 hrs, 8 squares", "wh"),
    ("Set new 50 gal Rheem M/N XG50T S/N Q0123456. 3.5 hrs. No further work needed.", "whpmu"),
    ("JOB COMPLETE!!!", ""), ("completed per scope", ""), ("fixed", ""), ("Repaired as needed", ""), ("good to go", ""), ("no issues", ""), ("call Dana", ""), ("see email", ""), ("same as yesterday", ""), ("ok thanks", ""),
    ("trabajo hecho", ""), ("ya quedó", ""), ("All set", ""), ("routine", ""), ("Sam W. 11/20/26 2:30 PM", ""), ("tuneup complete", ""), ("as discussed", ""), ("nothing to report", ""), ("per estimate", ""),
    ("caulked tub surround", "w"), ("hung door and trimmed out", "w"), ("Swept chimney and reset cap", "w"), ("rebuilt faucet", "w"), ("Retightened belt and oiled bearings", "w"), ("traced short to bad splice in attic", "w"), ("Programmed new schedule with homeowner", "w"), ("dug trench 40 ft", "w"), ("pumped out basement", "w"), ("pressure washed the deck", "w"), ("freed stuck damper", "w"),
    ("Reparé la fuga debajo del fregadero", "w"), ("nettoyé le brûleur et vérifié la pression", "w"), ("Filter gereinigt und Gebläse geprüft", "w"), ("Прочистил слив", "w"), ("Thay bộ lọc và vệ sinh dàn lạnh", "w"),
    ("labor: 2", "h"), ("2 1/2 hrs labor", "h"), ("started 7:30 finished 11:15", "h"), ("onsite 10:00 - 12:30", "h"), ("Time in 0915 time out 1145", "h"), ("approx 3 hours", "h"), ("4.0 hours total", "h"), ("spent an hour and fifteen minutes", "h"), ("an hour", "h"), ("12:30pm to 3pm", "h"), ("3 hrs 20 min", "h"), ("took me 90 minutes", "h"), ("hour", ""),
    ("2 techs x 3 hrs", "h"), ("from 8 to 11", "h"), ("una hora y media", "h"), ("trabajé de 9:00 a 11:00", "h"),
    ("Ran water for 1 hour, no backup", "w"), ("customer waited 2 hrs on hold", ""), ("good for 24 hrs", ""), ("every 500 hours", ""), ("open 24 hours", ""), ("call me after 5", ""), ("need hours from Luis", ""), ("at 10:30 customer called", ""), ("timer 8:00-18:00 set", "w"), ("rate is $120 an hour", ""), ("Appointment 1-3 pm", ""), ("unit is 12 years old", ""), ("I'll be there in 2 hours", ""),
    ("breaker held for 3 hours under load test", "w"), ("compressor has 40000 hours", ""), ("dry time 48 hrs", ""), ("lost an hour in traffic", ""), ("ETA 9:00-10:00", ""),
    ("installed 2x GFCI", "wp"), ("replaced fill valve & flapper", "wp"), ("used (3) wax rings", "wp"), ("Parts: 2 wire nuts, 1 box", "p"), ("1 cap, 1 contactor used", "p"), ("nothing replaced", "p"), ("zero parts", "p"), ("no mat'l", "p"), ("changed out the breaker", "wp"), ("put new batteries in tstat", "wp"), ("added 1.5 lb of R-22", "wp"), ("Swapped 40A breaker for 30A", "wp"), ("no parts needed today", "p"), ("reemplacé el filtro", "wp"), ("instalé 2 focos", "wp"),
    ("parts on backorder", ""), ("need part number", ""), ("parts department closed", ""), ("Recommended new filter", ""), ("cust has filter, will change himself", ""), ("will order gasket", ""), ("ordered 2 contactors", ""), ("installed by others in 2019", ""), ("replacement quoted", ""), ("parts list in truck", ""), ("picked up parts", ""), ("new customer, nice house", ""), ("tightened part of the railing", "w"), ("cover replaced by homeowner last year", ""),
    ("photos are in the app", "f"), ("pics b4 and after", "f"), ("Photo of nameplate attached", "f"), ("uploaded 6 pics", "f"), ("photos: 4", "f"), ("see photos", "f"), ("sent pictures to Dana", "f"), ("photo taken", "f"),
    ("photos?", "f"), ("didn't take any photos", ""), ("camera broken so no pics", ""), ("photos needed", ""), ("still need pictures", ""), ("I'll upload photos later", ""), ("picture window resealed", "w"), ("photocell tested", "w"), ("will take photos next time", ""), ("pics not uploaded yet", ""), ("photos - none", ""), ("tenant texted photos of the leak", ""),
    ("signed", "s"), ("Signed off by PM", "s"), ("sig captured on tablet", "s"), ("cust. signed w/o #4471", "s"), ("customer signature obtained", "s"), ("wife signed", "s"), ("e-signed", "s"), ("signature: J. Poe", "s"),
    ("no sig - left at 4 pm before owner came", ""), ("customer wouldn't sign", ""), ("didn't get a signature", ""), ("need customer signature", ""), ("sign says beware of dog", ""), ("will get it signed tomorrow", ""), ("signature not available", ""), ("signature: none", ""), ("Signed up new member", ""), ("waiting on sig", ""), ("customer had to leave, not signed", ""), ("sin firma", ""), ("design change signed off by engineer", "s"),
    ("Paid by check #2210", "c"), ("took card over phone", "c"), ("collected payment 240.00", "c"), ("pmt received", "c"), ("Zelle $95", "c"), ("got check", "c"), ("cash 80", "c"), ("PAID IN FULL", "c"), ("no charge, goodwill", "c"), ("charged visa on file", "c"),
    ("customer will pay at office", ""), ("bill customer", ""), ("send invoice", ""), ("did not collect", ""), ("no payment", ""), ("cash register outlet fixed", "w"), ("check valve replaced", "wp"), ("payment pending", ""), ("needs to be paid", ""), ("checked card reader outlet", "w"), ("free estimate", ""), ("balance due 240", ""),
    ("TD 18", "r"), ("superheat 10 subcool 8", "r"), ("voltage 242", "r"), ("static 0.6", "r"), ("35 psi at hose bib", "r"), ("3.5\" wc", "r"), ("flame 3.2 uA", "r"), ("temp drop 20 degrees", "r"), ("chlorine 1.5 ppm, alk 90", "r"), ("draws 7.2A", "r"), ("L1-L2 240 volts", "r"), ("CO 12 ppm ambient", "r"), ("112°F supply water", "r"),
    ("20A circuit added", "w"), ("1/2 hp motor hums", ""), ("15 amp outlet loose", ""), ("thermostat set at 68", "w"), ("#12 wire", ""), ("pressure ok", ""), ("readings normal", ""), ("4 ton unit", ""), ("R410A system", ""),
    ("Model: GSX140361 Serial: 1403123456", "m"), ("m/n CAPF3636 s/n 1905612345", "m"), ("MODEL NO. 58CVA SERIAL NO. 2409V12345", "m"), ("Trane XR14, 5 yrs old", ""), ("serial number worn off", ""), ("model plate missing", ""), ("new model next year", ""), ("sn 4412009871", ""),
    ("must return with ladder", "u"), ("no need to return", "u"), ("follow-up visit scheduled 12/2", "u"), ("will be back to finish trim", "u"), ("come back in spring for the AC", "u"), ("no return visit", "u"), ("next trip bring gasket", "u"), ("hay que volver mañana", "u"),
    ("return call from customer", ""), ("backed up drain", ""), ("callback number 312 555 0142", ""), ("return grille rattles", ""), ("came back from lunch", ""), ("backup pump tested", "w"),
    # ── a third round ──
    ("On site 0800-1015, cleaned both AHU coils, no materials used, photos uploaded to Jobber, customer signed on my phone", "whpfs"), ("2.25 hours. Replaced kitchen faucet cartridge (Moen 1225). Collected $185 cash. HO signed.", "whpsc"),
    ("3/4 hr diag. Board bad, quoted. No parts. Customer signed estimate only.", "whp"), ("Arr 7:05 / Dep 9:40; reset pump, primed, psi 22", "whr"), ("Cleared condensate w/ nitrogen. Time: 1.0", "wh"), ("Total time 4h incl. travel. Rewired disconnect.", "wh"),
    ("two man crew 5 hours, set furnace, no photos", "whp"), ("hrs: 6 parts: see list photos: 3 sig: yes", "hfs"), ("1hr, 1 cap 35/5, paid, pics, sig", "hcfs"), ("Hrs 2 Parts none Pics yes Sig yes", "hpfs"), ("labor 1.5 hrs / parts: 1 thermocouple", "hp"), ("1.5 HRS NO PARTS PICS IN APP SIG ON TABLET", "hpfs"),
    ("bled brakes on the pump cart? no. Flushed heater 40 min total", "wh"), ("Worked from 8 am until noon", "h"), ("8:30 to 12", "h"), ("half day", ""), ("all day", ""), ("2 days", ""), ("finished at 3 pm", ""), ("left at 5", ""), ("was there from 1 to 3", "h"), ("start 9:15 end 10:05", "h"), ("checked in 9:02, checked out 10:31", "h"),
    ("hours on the meter 1204", ""), ("customer wants it within the hour", ""), ("pump runs 8 hrs daily", ""), ("open 7am-7pm", ""), ("24/7 service", ""), ("took 2 trips", ""), ("in 2 weeks", ""), ("2 hr drive each way", ""), ("cure for 6 hours before use", ""), ("quiet hours after 10", ""), ("3 hours overdue", ""), ("allow 1 hour to dry", ""), ("arrive between 9-11", ""),
    ("1 new breaker", "p"), ("no parts or materials", "p"), ("materials: pex 10 ft, 2 elbows", "p"), ("Part: igniter 41-412", "p"), ("parts N/A", "p"), ("used parts from stock: 2 valves", "p"), ("put in 2 GFCIs", "wp"), ("Installed customer supplied faucet", "wp"), ("replaced batts", "wp"), ("filter changed", "wp"), ("new filter in", "wp"), ("swap out tstat", "wp"), ("chg filter 16x25", "wp"),
    ("parts tbd", ""), ("need to order parts", ""), ("missing part", ""), ("part not available", ""), ("not installing until Monday", ""), ("To be replaced next visit", "u"), ("customer declined new filter", ""), ("old parts left with customer", ""), ("wrong part delivered", ""),
    ("pix uploaded", "f"), ("b/a photos", "f"), ("photos on drive", "f"), ("2 pics", "f"), ("video and photos", "f"), ("imagenes subidas, fotos en la carpeta", "f"), ("no pics taken", ""), ("pics didn't upload", ""), ("photos won't load", ""), ("phone died so no photos", ""), ("will add photos", ""), ("photos: no", ""), ("forgot pics", ""), ("pics coming", ""), ("need before photo next time", ""),
    ("got sig", "s"), ("sig yes", "s"), ("signed invoice", "s"), ("cust signed & paid", "sc"), ("tenant's signature on paper copy", "s"), ("customer signed digitally", "s"), ("no signature obtained", ""), ("could not get signed, no one home", ""), ("Signature - refused", ""), ("signatures missing", ""), ("will sign when done", ""), ("she would not sign", ""), ("contract signed last week", ""), ("stop sign hit", ""),
    ("pd ck 8841", "c"), ("paid online", "c"), ("payment by cc", "c"), ("paid cash 120", "c"), ("card declined", ""), ("left bill for customer", ""), ("still owes 80", ""), ("not paid yet", ""), ("will pay when husband is home", ""), ("hasn't paid", ""), ("check engine light on van", ""), ("ran 30 ft of cable", "w"), ("got 3 bids", ""),
    ("LP 118 HP 325", ""), ("Suction: 120 psig", "r"), ("Return 72 supply 54", "r"), ("delta-t 19", "r"), ("pH 7.4", "r"), ("240 V, 18 A", "r"), ("14.5 amps at start", "r"), ("gas 3.5 wc", "r"), ("500 microns held", "r"), ("two 20 amp breakers", ""), ("5 ton, 240v unit", ""), ("30 amp whip", ""), ("60 gal tank", ""),
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
