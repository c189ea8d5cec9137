"""What people mean by "friday after 5": delivery windows read from a message.

``read_windows`` turns a message, the instant and zone in which it was written, and its language
into windows in the order of preference. It is pure, needs no model, never raises on any text, and
takes time linear in the text's length.

Conventions (the numbers live in ``conventions.py``; minutes and hours are local):

==============================  ===================================================================
said                            window
==============================  ===================================================================
friday (any whole day)          [Fri 00:00, Sat 00:00); the Friday after today, never today itself
today                           [now, midnight); no window ever starts in the past
this friday / next friday       the coming one, today included / the one in next calendar week
                                (weeks start on Monday)
morning, afternoon, evening     08:00-12:00, 12:00-17:00, 17:00-21:00; tonight is this evening
lunchtime                       12:00-14:00
late morning, late afternoon    10:00-12:00, 15:00-17:00
first thing, end of day         08:00-10:00, 16:00-18:00
at 3, noon                      one hour from it: 15:00-16:00, 12:00-13:00
around 3, 3ish, noonish         half an hour to either side: 14:30-15:30
friday after 5, from 5          [Fri 17:00, Sat 00:00)
friday before 6, by 6, until 6  [Fri 00:00, Fri 18:00)
after work, after school        from 17:00, from 15:30
after 5, morning (no day)       today if still ahead, else tomorrow
bare hours                      8 to 11 are in the morning, 12 to 7 in the afternoon, unless
                                "morning", "evening" or the other end of a range says otherwise
after friday, from friday       [Sat 00:00, open), [Fri 00:00, open)
before friday, by/until friday  [open, Fri 00:00), [open, Sat 00:00)
asap, any time                  [now, open)
weekdays, mornings, any day     within the next seven days, today included
after 5
weekend                         [Sat 00:00, Mon 00:00)
end / start of the week         Thursday and Friday / Monday and Tuesday
friday or saturday after 5      after 5 on both; "friday, otherwise monday morning" shares nothing
thu or fri, but after 5         after 5 on both
tonight? after 6                after 6 this evening: a bound inside the part narrows it
not until/before 5 tomorrow     [17:00, midnight) tomorrow
3pm not 2pm on friday           Friday 15:00-16:00
christmas no, the 28th          the 28th nearest to the holiday
friday 27                       a date if a Friday soon is the 27th, else an hour ("friday 5")
hold it until friday, away      from that day on
until friday
friday, no wait, thursday       Thursday only; a time said before stays: "friday at 3, no, monday"
rather friday than saturday     Friday
after work, so 6                the time concluded, 18:00-19:00
the day after, same time        counted from the day, taken from the time just said
the week after christmas        the seven days that follow it
I leave at 7, get back at 4     from 16:00
exclusion beside a wish         what is left of the wish
exclusion alone                 what is left of [now, open), or of seven days if it repeats
                                ("not mondays"); of the day for "out until 3"
==============================  ===================================================================

A local time that the clocks skip moves forward; one that comes twice is the earlier.
"""

from deliveries.windows.absence import Absence, read_absence
from deliveries.windows.reading import ReadWindows, WishedWindow, read_windows

__all__ = ["Absence", "ReadWindows", "WishedWindow", "read_absence", "read_windows"]
