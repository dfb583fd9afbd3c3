"""What cannot wait, and what only has such words in it."""

import pytest

from contractor_ops.inbox.triage import classify

URGENT = """
I smell gas in the basement
we smell gas near the furnace
There's a strong smell of gas in the kitchen
it smells like gas in here
Strong gas odor by the water heater please hurry
smells like rotten eggs by the stove
I think we have a gas leak
gas leak!!
The gas line is leaking
your guys hit a gas line
Yes but I smell gas now
Yes please come, and we smell gas
carbon monoxide alarm is going off
The CO detector keeps beeping and we feel dizzy
our carbon monoxide detector went off twice tonight
CO alarm going off
the basement is flooding
Our basement is flooded!
There is water everywhere in the kitchen
kitchen is flooding please help
We have a burst pipe
a pipe burst in the garage
Pipes burst and water is pouring out
water is gushing from the wall
Water pouring through the ceiling
water is coming through the living room ceiling
the water heater burst
I can't shut the water off
sewage is backing up into the tub
Sewer backing up in the basement
raw sewage all over the floor
the toilet is overflowing and won't stop
sparks are coming out of the outlet
The outlet is sparking
breaker panel is smoking
The panel is hot and I see smoke
there is a burning smell from the outlet
I smell burning plastic near the breaker box
smells like something is burning
my furnace is on fire
there is a fire in the kitchen
smoke coming from the furnace
smoke alarm is going off and we smell smoke
got shocked when I touched the faucet
My son got an electric shock from the switch
there is a live wire hanging in the yard
a power line is down on our driveway
water is dripping on the electrical panel
Water is leaking into the light fixture
the breaker box is wet
No heat and we have a newborn
Heat is out, my mother is 87
furnace died and I have a 3 month old baby
We have no heat. My elderly father lives here.
no AC and my husband is on oxygen
AC not working and there are two small children
The heat is not working and my grandmother is sick
the ceiling collapsed in the bathroom
this is an emergency
EMERGENCY please call
called 911
huele a gas
Huele mucho a gas en la cocina
hay una fuga de gas
la alarma de monóxido está sonando
se está inundando el sótano
La casa está inundada
se reventó un tubo
Se rompió la tubería y hay agua por todos lados
salen chispas del enchufe
huele a quemado
sale humo del panel
hay un incendio
Me dio un toque el apagador
el drenaje se está desbordando
aguas negras en el baño
no hay calefacción y tengo un bebé
Sin aire acondicionado y mi abuela está enferma
No funciona la calefacción, tenemos niños
es una emergencia
Hi, I think there's gas leaking from the stove, what should I do?
gas smell outside by the meter
I can smell gas
The whole house smells of gas
smells a lot like gas down here
my carbon monoxide alarm won't stop beeping
CO alarm is going off, is that normal?
co2 alarm beeping in the hallway
There's water coming out of the ceiling
Water is coming in fast from the roof
our kitchen ceiling is leaking water everywhere
pipe burst upstairs!!!
frozen pipe burst
my pipes have burst
busted pipe under sink spraying water
A pipe just exploded
basement has 3 inches of water
there's a foot of water in the basement
basement's flooding
we're flooding
Flooding!! please hurry
water heater is leaking everywhere
The toilet overflowed and sewage is all over the bathroom
poop water coming up the shower drain
sewage smell and backing up in basement
outlet sparked when I plugged in the toaster
I see sparks in the panel
light switch is sparking
smoke coming out of an outlet
wires are burning
The furnace is smoking
there is smoke in the house
burning plastic smell from AC unit
smells like burning
something smells burnt near the panel
My house is on fire
electrical fire!!
We had a small fire in the electrical panel tonight
I got zapped by the light switch
I keep getting shocked by the washer
exposed live wires in the bathroom after your guy left
power lines down in the yard
water running into the breaker panel
roof leak is dripping onto an outlet
heat went out, we have a 2 month old
furnace stopped and there's a baby in the house
No heat! I'm 82 years old
no heat here, kids are freezing
we have no a/c and my mom is 90
AC is down and I'm pregnant
air conditioner quit, wife has asthma, 100 degrees
Heater not working with an infant at home
The heat is off and my wheelchair bound mother is here
Boiler is out. Elderly couple, please help
Yes. Also the heater is leaking gas I think
No, we have an emergency
urgent: gas leak
Help! Water everywhere
There is an emergency at my house
Plumbing emergency
huele a gas en la casa
Olor a gas muy fuerte
hay olor a gas
se está saliendo el gas
fuga de agua y gas
El detector de monóxido está sonando
monóxido de carbono
inundación en el sótano
se inundó la cocina
la cocina está inundada
tubo roto, agua por todas partes
reventó la tubería
está saliendo agua del techo
cae agua del techo
hay humo en la casa
se está quemando el cable
huele a plástico quemado
hay chispas en el enchufe
cable pelado con corriente
me electrocuté con el interruptor
el baño se desbordó con aguas negras
sin calefacción con un recién nacido
no sirve la calefacción y mi mamá es mayor
no hay aire y mi abuelo tiene oxígeno
emergencia por favor
I think I smell gas
Gas is leaking
there is a gas leak at our house
my daughter says it smells like gas in the laundry room
CO detector going off
Carbon monoxide detector says 80 ppm
water flooding the basement right now
sump pump failed and basement filling with water
The pipe in the wall burst
water leaking through the light fixture
lights flickering and burning smell
panel is buzzing and hot
outlet is hot and smoking
there's a burning electrical smell
the breaker box caught fire
furnace is out and I have a newborn at home
no heat with elderly parents
We have no heat and my 80 year old mother lives with us
No AC, 102 degrees, grandma has heart condition
our heat stopped working and the baby is cold
sewage coming up in the shower
toilet is backing up into the tub, sewage everywhere
got an electric shock from the sink
a wire fell down and is sparking
yes please come now there is smoke
I see flames
hay fuego en la cocina
huele a gas y tengo niños
no hay calefaccion y tengo un bebe
se esta inundando la casa
hay agua en el panel eléctrico
The bill for the furnace came and I smell gas
You fixed the furnace and now there's a gas smell
thanks for fixing the sink but I smell gas
Got your estimate for the boiler. Also there is a gas leak
got the quote, now the basement is flooding
How much is the bill? we smell gas
I have no quote yet but smoke is coming from the panel
no power and I smell burning
not sure if it's gas but it smells like gas
I don't know what to do the basement is flooding
please fix the gas leak
can you come fix a burst pipe
need someone to fix a gas leak now
gas leak never got fixed
the price was fine but now there is water everywhere
no se qué hacer, huele a gas
la cotización está bien pero huele a gas
do you have anyone who can come now? water is pouring in
water is coming through the ceiling right now
I think I smell gas in the basement
The carbon monoxide detector keeps going off
There's water everywhere in the kitchen please hurry
The pipe burst and I can't find the shut off
sparks are coming out of the breaker box
My elderly mother has no heat and it's 10 degrees out
Sewage is backing up into the tub
tree fell through our roof
huele a gas en la cocina
the co detector reads 70
there's a flood in my kitchen
my monoxide detector keeps going off
there is a really bad gas odor outside by the meter
basement filling with water fast
our carbon monoxide alarm says 90
the wall outlet is smoking
no heat with a 3 week old baby here
water dripping through the light fixture
""".strip().splitlines()

NOT_URGENT = """
my gas bill is high
The gas bill went up
Can I get a gas furnace quote?
gas furnace quote please
I'd like a quote for a gas line
How much for a new gas fireplace?
price for gas water heater
do you install gas stoves?
Do you repair gas leaks?
quote for gas leak repair please
the gas station on the corner
We want a fire pit in the backyard
fire pit estimate
smoke detector installation quote
Can you install two smoke detectors?
the smoke detector needs a new battery
no rush, no heat issue
No rush, the heat works fine
I'm flooded with work
we are flooded with calls this week
Got flooded with emails
can you replace the flood light
flood insurance needs the invoice
do you carry spark plugs?
spark plug for the generator
is there carbon monoxide detector included?
Is a carbon monoxide alarm included in the estimate?
Please add a carbon monoxide detector
no gas smell anymore, thanks
There is no gas leak, it was the neighbor
we don't smell gas anymore
not an emergency
It's not an emergency, whenever you can
do you have emergency service?
what is your emergency fee?
my emergency contact is Ann
sorry, family emergency, can we move it to Friday
the burst pipe was last winter
We had a flood in the basement two years ago
basement flooded last spring, want an estimate for a sump pump
I was shocked by the price
shocked at the bill
we were shocked when we saw the invoice
you guys are on fire
the fire department inspection is Monday
need the fire extinguisher checked
the fireplace works great now
The burner light burned out
a light bulb burned out
no smoke, all good
The 10 year old furnace has no heat issues
No heat in the garage yet, no hurry
furnace not working, when can you come
the AC is out
no hot water
The faucet is dripping
my kids love the new pool
we have two kids and a dog
water pressure is low
the water is running brown
hot water is coming out slow
I smell fresh paint
sewer line inspection quote
sewage pump estimate
the tree removal price exploded
Is the electrical panel upgrade included?
can you run a power line to the shed
hurt my back, can we reschedule
factura del gas
cotización para calentador de gas
no huele a gas
¿Instalan detectores de humo?
¿Cuánto cuesta un detector de monóxido?
no es una emergencia
Can we switch from oil to gas?
the gas fireplace pilot is out
gas meter reading is 4471
turn the gas back on please
I'll stop for gas on the way
the grill needs a gas line, how much
gas range hookup
natural gas or electric heat pump?
propane tank refill
Does the furnace produce carbon monoxide?
do you test for carbon monoxide?
carbon monoxide test was fine
replace the CO detector battery
Co alarm needs new battery
smoke alarm chirping low battery
my smoke detectors are old
hardwired smoke detectors estimate
Can you add smoke detectors to the quote?
flood lights for the driveway
flood light out
basement waterproofing to prevent flooding
worried about flooding in spring
we live in a flood zone
no flooding, just damp
not flooding anymore
it flooded last year
the basement used to flood
water bill is high
water softener question
water heater is 12 years old
the water heater is broken
my water heater broke
the hose bib leaks a little
small drip under the sink
the toilet keeps running
toilet is clogged
drain is slow
kitchen sink backed up a little
sewer camera inspection
septic pump out quote
the spark ignitor needs replacing
new spark plugs for the generator
your email sparked a question
price shocked us
shock the pool please
pool shock and chlorine
fire him
you're fired
fire alarm panel inspection
the fire pit looks great
fireplace repair
camp fire this weekend
fire up the boiler next week
my schedule is on fire this week
smoking deal
no smoking please
smoke test the ducts
The burners look fine
burning question: do you take Visa
burned out bulb
the outlet is dead
outlet not working
breaker keeps tripping
Panel upgrade quote
add an outlet near the sink, water is close by
move the light switch
rain gutter and lights
AC not cooling
no heat upstairs
heat is out
no cooling since yesterday
my kids broke the thermostat
baby shower Saturday, come Monday
the 15 year old AC is not cooling
AC is out, no kids here so no rush
my son will let you in, heat is fine
emergency exit light estimate
Is there an emergency fee?
do you do emergency calls?
emergency shutoff valve install
thanks for the emergency visit last night
the emergency repair was great
in an emergency who do I call?
sorry had an emergency, can we reschedule
had a family emergency
not urgent at all
ceiling fan install
ceiling paint is peeling
roof estimate
fall cleanup
tree fell in the yard, quote to remove
my wife is sick, reschedule
ambulance company contract
hurt my foot
gas natural cotización
¿tienen servicio de emergencia?
estufa de gas
calentador de gas nuevo
detector de humo nuevo
la luz no prende
no hay agua caliente
chimenea
no hay fuga
tengo dos niños y un perro
is the gas line included in the quote?
I have a gas furnace and want a heat pump quote
We have gas heat
Do you install carbon monoxide detectors
smoke detectors chirping, can you replace
I'm flooded at work, call later
swamped and flooded with emails
no emergency, just checking
no gas leak found, thanks
I'd like an estimate for flood damage
the estimate for the sewer line
spark plug change
fire pit gas line quote
baby is asleep, please don't ring the bell
my elderly mother will let you in
no heat pump yet, still deciding
kids are excited for the pool
the new AC is great, baby loves it
heat works great, thanks from me and the kids
Thanks for fixing the gas leak
thanks for fixing the burst pipe so fast
the flood is cleaned up, thank you
gas leak fixed
you fixed our flooded basement in May, great job
invoice for the gas leak repair
paid for the burst pipe repair
Did you fix the gas leak yet?
smoke-free home
electric smoker outlet
burning the midnight oil
light it up!
sparkling work, thanks
waterfall feature leaking a bit in the pool
no ac needed in the garage, kids play outside
How much for a gas line to the grill?
We had a flood last year and replaced the drywall
Do you install carbon monoxide detectors?
I'd like to smell the new paint before you use it lol
The furnace smells a little dusty when it first comes on
No emergency, just a slow drip under the sink
Is the smoke detector included in the quote?
Our fireplace needs a new gas valve, no rush
¿Cuánto cuesta una línea de gas?
we have flood insurance
if we have a flood in the basement does the warranty cover it
CO detector says low battery
there's a flood light in the yard
The unit shows 72 but thermostat says 68
we had a flood in the basement two years ago
we want to convert from electric to gas
pilot light went out, no rush
smoke detectors chirping, need batteries
""".strip().splitlines()


@pytest.mark.parametrize("text", URGENT)
def test_danger_is_urgent(text: str) -> None:
    verdict = classify(text)
    assert (verdict.label, verdict.weight, verdict.opts_out) == ("urgent", "stops", False), verdict.reason


@pytest.mark.parametrize("text", NOT_URGENT)
def test_no_false_alarm(text: str) -> None:
    verdict = classify(text)
    assert verdict.label not in ("urgent", "stop", "auto_reply"), verdict.reason


@pytest.mark.parametrize(
    "text",
    [
        "STOP. I smell gas",
        "Stop texting me, the basement is flooding!",
        "there is smoke coming from the furnace. take me off your list",
        "Huele a gas. No me manden más mensajes",
    ],
)
def test_danger_with_a_wish_to_stop_is_urgent_and_an_opt_out(text: str) -> None:
    verdict = classify(text)
    assert (verdict.label, verdict.opts_out) == ("urgent", True)
    assert '", and "' in verdict.reason
