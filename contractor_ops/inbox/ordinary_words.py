"""Words that are no part of a street's name, and words that are no part of a person's: what is left out is uncertain."""

import re

_FUNCTION = """
    a about across after again all almost also always am an and another any are around as at back because been before behind but by
    call came can cannot cant can't come coming could did didn't do does doesn't doing don't down during each either every few for from
    get gets getting give go goes going gone gonna got gotta had has have haven't having he her here him his how i i'd i'll i'm i've if im in
    into is isn't it it's its ive just last leave left let like live lives living longer lot many maybe me more most my near nearly need
    needed needing needs never next no nobody none not nothing now of off on one only or other our out over past per please pls put
    right same see send she should since so some somebody someone somewhere soon still such tell than that that's thats the their them
    then there there's theres these they they're this those through till times to too trying twice u under until up ur us very wanna want
    wanted wants was wasn't way we we'll we're we've went were weren't what what's when where which while who whole why will with within
    without won't would yes yet you your yours
    ayer como con cuando desde donde es esta está estoy fue ha hace hay hoy mañana más me mi mis muy necesita necesito nos nuestra nuestro
    para pero por porque que se sin sobre su también tarde tengo tenemos tiene una uno unos vivo y ya yo
"""
_MEASURES = """
    am amp amps appliance bath bathroom bathrooms baths bed bedroom bedrooms block blocks btu bucks car cars days day days' degree degrees
    dollar dollars doors door feet floor floors foot ft gal gallon gallons gauge guy guys horas hour hours hr hrs inch inches kid kids
    kw leak leaks men mes meses mile miles min mins minute minutes minutos month months noon oclock o'clock owner owners people person
    phase pieces piece pipe pm pound pounds psi quote room rooms sec seconds sink sinks sq sqft square stage story tanks time toilet toilets
    ton tons tonight tomorrow today unit units visits visit volt volts watt watts week weeks windows year years yard yards yesterday
    yr yrs zone zones días año años semana semanas
"""
_TRADE = """
    ac a/c aire agua air alarm apartment appointment available backed backing backup bad basement bath bathtub blower blowing boiler booking
    breaker broke broken burning burst business busted busy calentador caldera called caller calling carbon ceiling check checking clogged
    closed coils cold company compressor condo condenser cooler cooling cracked customer cliente daikin damaged dead desperate disposal drain
    drained drains dripping dryer duct ducts electric electrical electricity emergencia emergency estimate evaporator exhaust fan faucet
    filter fire fix fixed fixing flood flooded flooding freezing frozen frustrated fuga funciona furnace fuse garage garbage gas generator
    goodman gutter gutters gutting hammer happy heat heater heating heatpump hello help hey hi hola home honeywell hose hot house humidifier
    husband hvac hydrant ice iced inquiring inspection install installed interested issue issues kitchen landlord landlady late leaking leaky
    lennox lights light line looking loud machine main maintenance making manager mister mold moving name navien nest new noise noisy odor
    office oil old only outage outlet outlets oven owner panel parts phone pilot plumber plumbing pool power pressure price pricing problem
    problems property pump question questions quick quiet quote radiator rats ready refrigerator regarding reply rental renter repair
    replace replaced replacement request residence restroom returning rheem ridiculous rinnai roof roofing roto running ruud sad schedule
    scheduled septic service sewage sewer shower slow smell smells smoke smoking snake sorry sound sounds spark sparks sprinkler stopped
    stop storm stuck sump switch system tank tankless tap techo tenant terrible test texting thank thanks thermostat thx toilet trane tree
    tripped tripping trouble tub tune tuneup tune-up tubería unhappy unacceptable upset urgent urgente valve vent ventilation wall washer
    washing water well wet wife window wire wiring working worried worse wrong zip gracias casa señor señora dueño inquilino problema
    soy habla llamo locked stranded losing pouring overflowing backwards broke down totally
    ok okay sure good morning afternoon evening buenas buenos tardes noches buen día great awesome perfect test absolutely actually
    follow following carrier amana bryant kohler moen whirlpool samsung bosch mitsubishi asap address dirección direccion nombre
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
    lunes martes miércoles jueves viernes sábado domingo
"""

NO_STREET = frozenset((_FUNCTION + _MEASURES).split())
"""Words that stand between a figure and "drive" or "way" in ordinary talk: "3 units on the way", "a 20 minute drive"."""

NO_NAME = NO_STREET | frozenset(_TRADE.split())
"""What people say of themselves and their trouble where a name might stand: "this is urgent", "I'm freezing", "Furnace, 12 Main St"."""

_STATES_AND_PROVINCES = """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA
    WA WV WI WY DC PR AB BC MB NB NL NS NT NU ON PE QC SK YT
"""
STATES = frozenset(_STATES_AND_PROVINCES.split())


def plain(word: str) -> str:
    """A word as the lists have it: small letters, a straight apostrophe, nothing around it."""
    return re.sub(r"^\W+|\W+$", "", word.replace("’", "'")).lower()
