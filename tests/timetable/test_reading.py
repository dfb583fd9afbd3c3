"""What people write under runs, [digest] and [inbox] every, and what they are told where it cannot be meant."""

import pytest

from contractor_ops.timetable.reading import FORMS, read_when


@pytest.mark.parametrize(
    ("text", "said", "lines"),
    [
        ("weekdays 09:05", "Monday to Friday at 9:05", ["5 9 * * 1-5"]),
        ("Weekdays at 9:05 AM", "Monday to Friday at 9:05", ["5 9 * * 1-5"]),
        ("every weekday 9:05", "Monday to Friday at 9:05", ["5 9 * * 1-5"]),
        ("9:05", "every day at 9:05", ["5 9 * * *"]),
        ("daily 07:00", "every day at 7:00", ["0 7 * * *"]),
        ("every day at 7pm", "every day at 19:00", ["0 19 * * *"]),
        ("daily 12am", "every day at 0:00", ["0 0 * * *"]),
        ("daily 12 pm", "every day at 12:00", ["0 12 * * *"]),
        ("mon 07:00", "Mondays at 7:00", ["0 7 * * 1"]),
        ("every monday at 9:00", "Mondays at 9:00", ["0 9 * * 1"]),
        ("sundays 18:00", "Sundays at 18:00", ["0 18 * * 0"]),
        ("mon, wed and fri 9:00", "Mondays, Wednesdays and Fridays at 9:00", ["0 9 * * 1,3,5"]),
        ("mon,thu 16:33", "Mondays and Thursdays at 16:33", ["33 16 * * 1,4"]),
        ("mon\N{EN DASH}sat 08:00, 13:00", "Monday to Saturday at 8:00 and 13:00", ["0 8,13 * * 1-6"]),
        ("daily 8:00, 13:30 and 16:00", "every day at 8:00, 13:30 and 16:00", ["0 8,16 * * *", "30 13 * * *"]),
        ("fri-mon 8:00", "Mondays, Fridays, Saturdays and Sundays at 8:00", ["0 8 * * 0,1,5,6"]),
        ("weekends 10:00 and 15:00", "Saturdays and Sundays at 10:00 and 15:00", ["0 10,15 * * 0,6"]),
        ("every 5 minutes", "every 5 minutes, day and night", ["*/5 * * * *"]),
        ("every 5 min", "every 5 minutes, day and night", ["*/5 * * * *"]),
        ("every minute", "every minute, day and night", ["* * * * *"]),
        ("hourly", "every hour, day and night", ["0 * * * *"]),
        ("every 2 hours", "every 2 hours, day and night", ["0 */2 * * *"]),
        ("every 120 minutes", "every 2 hours, day and night", ["0 */2 * * *"]),
        ("every 10 minutes 07:00-20:00", "every 10 minutes, from 7:00 to 19:50", ["*/10 7-19 * * *"]),
        ("every 30 minutes 18:00-24:00", "every 30 minutes, from 18:00 to 23:30", ["0,30 18-23 * * *"]),
        ("weekdays hourly 8:00-17:00", "every hour, from 8:00 to 16:00, Monday to Friday", ["0 8-16 * * 1-5"]),
        (
            "mon-sat every 10 minutes 7:30 - 18:30",
            "every 10 minutes, from 7:30 to 18:20, Monday to Saturday",
            ["30,40,50 7 * * 1-6", "*/10 8-17 * * 1-6", "0,10,20 18 * * 1-6"],
        ),
        ("business days 09:05", "on business days at 9:05", ["5 9 * * 1-5"]),
    ],
)
def test_what_is_understood(text: str, said: str, lines: list[str]) -> None:
    when = read_when(text)
    assert (str(when), when.crontab()) == (said, lines)
    assert when.business == ("business" in text)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_is_recommended_is_understood(form: str) -> None:
    assert read_when(form).crontab()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weekdays", 'it names no time; write "weekdays 09:00"'),
        ("", 'it names no time; write "daily 09:00"'),
        ("weekdys 09:05", 'did you mean "weekdays 09:05"?'),
        ("evry 5 minutes", 'did you mean "every 5 minutes"?'),
        ("daily 25:00", 'no clock shows 25:00; write it like "16:30"'),
        ("daily 07:60", 'no clock shows 07:60; write it like "16:30"'),
        ("daily 13pm", 'no clock shows 13pm; write it like "16:30"'),
        ("daily 24:00", 'midnight is written "00:00"'),
        ("weekdays 9", 'write the time with its minutes, like "09:00"'),
        ("07:00 weekdays", 'the days come first; write "weekdays 07:00"'),
        ("9:00 on mondays", 'the days come first; write "mondays 9:00"'),
        ("every 0 minutes", 'that does not come round evenly; write "every minute"'),
        ("every 7 minutes", 'that does not come round evenly; write "every 6 minutes"'),
        ("every 5 hours", 'that does not come round evenly; write "every 4 hours"'),
        ("every 90 minutes", 'that does not come round evenly; write "hourly"'),
        ("every 10 minutes 20:00-07:00", '07:00 is not later than 20:00; write it like "every 10 minutes 07:00-20:00"'),
        ("sometimes", 'write it like "weekdays 09:05", "daily 07:00"'),
    ],
)
def test_what_cannot_be_meant_is_told_with_the_nearest_right_form(text: str, told: str) -> None:
    with pytest.raises(ValueError, match="is no schedule") as wrong:
        read_when(text)
    assert str(wrong.value).startswith(f'"{text}" is no schedule: {told}')
