"""Who wants another time for a visit, or none, and who says the opposite in nearly the same words."""

import pytest

from contractor_ops.inbox.moves import asks_to_move

WISHES = """
don't come
Please don't come tomorrow, we have covid
No need to come by, it works again
do not come out on Friday
don't come over, I'm stuck at work
Don't come here until Monday please
Skip my appointment please
Can we skip the visit on Friday?
Forget the appointment, my brother fixed it
Just forget my install, we sold the house
Please scrap the tune-up
call off the inspection, the buyer walked away
We need to drop the appointment, sorry
Please stop the installation, we changed our minds
I have to cancel my appointment
cancel tomorrow please
I can't make it on Friday
We won't be home on Tuesday
can't be there tomorrow but Friday works
Something came up at work
I need to push it back a week
The time doesn't work for me anymore
Could you change my appointment to the afternoon
Thursday doesn't work for us now
"""
NO_WISHES = """
Please don't forget my appointment
Please don't forget my appointment tomorrow
I didn't forget my appointment
I will not skip my appointment
see you then, don't forget the installation manual
Please don't come by the front door, use the side
My husband says they don't come on weekends, is that right?
If you drop the job off early let me know
You won't forget my appointment, right?
I never skip my tune-up
I wouldn't skip my appointment for anything
Did you forget my appointment?
Why did they skip our visit last year?
I always forget the appointment, thanks for reminding me
We almost forgot our appointment, see you tomorrow
I don't come home before 5 but my wife lets you in
Usually they don't come on Friday, or do they
don't come over the lawn, it was just seeded
Please don't come out of the alley, it is blocked
Don't come before 8, the gate is closed
Please do not cancel my appointment
I am not changing my appointment
Thanks for not cancelling our visit
I won't be home, but my neighbor lets you in
We can't be there, but the key is under the mat
The thermostat doesn't change the time
Please change the date on my invoice
Please cancel my maintenance plan
I want to cancel my service agreement
I would not want to call off the inspection
Once you stop the installation noise we can talk
"""


def lines(text: str) -> list[str]:
    return text.strip().splitlines()


@pytest.mark.parametrize("words", lines(WISHES))
def test_a_wish_for_another_time_or_none_is_one(words: str) -> None:
    assert asks_to_move(words, about_visit=True)


@pytest.mark.parametrize("words", lines(NO_WISHES))
def test_the_opposite_in_nearly_the_same_words_is_none(words: str) -> None:
    assert asks_to_move(words, about_visit=True) == ""
