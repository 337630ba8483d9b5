"""The page cache: finished public pages, kept until a fact or the clock makes them stale.

What a page shows it says itself while it is made (`newsroom.lib.facts.shows`), and verbs tell what they change by the
same names. From there: `log` carries what was told to every process, `stale` says what it means for a page, `timetable`
what the clock will change, `stores` hold pages, `keeper` has them made, `middleware` answers with them.
"""
