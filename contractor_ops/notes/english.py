"""The small words of English, by what may stand before and behind them: all that is known here of its grammar."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


AND = _set("and or & + / n then nor")
UNDER = _set("when if as after because before since while once until unless although though where")
"""They begin a clause that cannot stand alone."""
PEOPLE = _set("i we he she they you who tech techs technician customer owner tenant client homeowner")
SEVERAL = _set("i we they you techs who")
ARTICLES = _set("a an the this that his her their our your my no new another each every any for")
POINTING = _set("the their his her its our this that all both a an")
AUXILIARIES = _set(
    "to will would can can't cannot could couldn't should shouldn't must may might do did didn't don't does doesn't won't wouldn't let let's "
    "please pls plz unable i'll we'll he'll she'll they'll cant couldnt didnt dont doesnt wont shouldnt wouldnt forgot help gonna never"
)
"""After these stands the verb itself."""
BEING = _set("is was were are be been being get got gets has have had having isn't wasn't weren't aren't hasn't haven't hadn't")
PREPOSITIONS = _set(
    "of on in at by from with without after before during until till upon under over per into out off up down due via w w/ w/o @ "
    "near inside outside behind above below between through throughout against since around about because b4"
)
ADVERBS = _set("also then just already still again now today yesterday first once twice properly well only")
FINE = _set("ok okay good fine")
WANTED = _set(
    "needed required ordered recommended pending due quoted scheduled refused declined denied approved requested wanted offered suggested discussed "
    "accepted postponed cancelled canceled authorized awaiting wants want declines refuses requests approves approve decline refuse request "
    "order quote schedule discuss suggest offer sched needs need requires require considering consider considers thinking asked asking ask asks prefers "
    "prefer hopes hoping unsure hesitant reluctant against delayed delay postpone"
)
"""What is said of work that is not done yet: "replacement declined", "declined replacement"."""
BREAKS_OFF = _set("as if where when and but who to & or")
NOT_DONE = _set("if unless until tomorrow tmrw todo tbd eventually soon")
NEXT = _set("visit time week trip month day year appointment appt spring summer fall winter season")
ABOUT_PEOPLE = _set(
    "leave put get take make bring tell show open close turn return pull set meet call notify explain discuss advise request need"
)
"""Verbs that may well go on with a remark on people or doors; all others are work."""
KINDS_OF_WORK = _set(
    "annual yearly quarterly monthly weekly seasonal spring fall summer winter routine regular emergency temporary temp permanent personal general "
    "preventive preventative visual final possible potential likely future upcoming full partial complete minor major rough first second free"
)
"""Behind these the name of work stands, not what was done: "annual service"."""
SAYS = _set("advise state report say mention note claim complain")
"""Verbs that tell that somebody says something."""
NO_THING = _set("no not that to of if when it is was are were has had and or but he she they will would there nothing")
"""What is not, nor belongs to, the name of a thing."""
LEADING = _set("and but so also then")
"""With these no sentence may begin whose beginning is kept out."""
GOES_ON = _set("because since so which who as that cuz bc b/c cause")
ADDS = _set("and but & also")
OF_THEM = _set("he she they him her them it that this his is was were are")
AROUND_CODES = _set("then press enter star pound hash key followed by and code is or # * dial hit push twice its it's")
COMMON = _set(
    "the a an and or but is was are were be been not no of to for with without on in at by from it its this that there has had have will would "
    "can customer unit water new old left right done ok all we he she they i you my our out up off when if"
)
"""By these a sentence is known to be English."""
NO_ENDINGS = _set("string spring thing bring cling sling fling bred shed sped swing")
"""English words that are no abbreviation with an ending."""
STEPS = _set(
    "add adjust align assemble attach braze brush calibrate caulk change check clean connect degrease descale disassemble disconnect empty evacuate "
    "fabricate fix grease haul inspect install insulate isolate loosen lube lubricate mount realign reassemble reattach recheck reconnect refill refit "
    "reinstall remount remove renail repack repair replace reseal reset retighten retorque scrub straighten sweep tighten troubleshoot unclog vacuum "
    "verify wash wipe"
)
"""Verbs that are no things, where what is worked on follows them."""
THINGS_BESIDE = {
    "check": _set("valve valves engine light lights point points"),
    "change": _set("order orders"),
    "clean": _set("air water agent"),
    "empty": _set("tank house unit space"),
    "grease": _set(
        "line lines pump fitting fittings hose hoses trap traps system gun interceptor seal seals tank tube nipple nipples pressure"
    ),
    "lube": _set("line lines pump pumps oil fitting fittings hose hoses system tank pressure point points timer supply switch"),
    "mount": _set("bolt bolts bracket brackets plate"),
    "repair": _set("kit kits clamp clamps coupling sleeve parts"),
    "reset": _set("button buttons switch switches"),
    "vacuum": _set("pump pumps breaker breakers switch line lines hose hoses cleaner port plate"),
    "wash": _set("basin bay machine room station rack line"),
}
"""With these behind them they are a thing all the same: "check valve"."""
NO_STEPS = _set(
    "find diagnose advise recommend need require suggest discuss explain return order schedule request quote estimate receive report"
)
"""Verbs after which, or among which, a plain verb may well be advice: "fnd leak, replace hose"."""
BROKEN = _set("bad blown broken burnt cracked damaged dead failed faulty leaking loose missing seized torn worn")
"""What is said of a thing before it is said what to do with it."""
ORDERS = _set("adjust change clean fix repair replace reseal tighten")
"""What is said to be done with it, in a word at the end."""
ELSEWHERE = _set("text notes note history below above attached attachment pics pictures photos photo report")
"""Where a note sends its reader: "see history"."""
UNITS = _set(
    "psi psig psia rpm cfm gpm gph btu btus btuh btu/h btu/hr mbh kbtu sq sqft sf ft feet foot inch inches mm cm w watt watts kw kwh va kva v volt volts "
    "vac vdc mv amp amps ma ua ohm ohms kohm kohms mfd uf hz ppm micron microns lb lbs pounds oz gal gals gallon gallons deg degrees degree hour "
    "hours hrs hr min mins minutes sec seconds ton tons % percent grains tabs nails shingles"
)
"""A number before these is no code."""
BEHIND_PRICES = _set("at from each ea and for plus only but today per this that because as so or then all total w/ with")
"""A number before these, or with nothing behind it, may be a price."""
SIZES = _set("in dia sq")
"""Behind a number these are shortened, with a dot or without."""
DAYS = _set("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun")
TIMES = _set("every each daily weekly monthly quarterly yearly annually regularly often later asap again")
"""With these, advice is given."""
