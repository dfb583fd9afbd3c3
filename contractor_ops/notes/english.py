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
