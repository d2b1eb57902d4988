"""Who stands where: areas, organisations in two lines, posts, duties, users, sponsorship. Read in this order:

duties         what a role may do (code); who holds a role is data: roles, carried
scope          what an actor sees: own subtree, or own department's share of it; the one place
lines          what a line of the journal is called, and for which unit its act was done
models         areas with dates and successors, organisations by area (块) and by department (条), posts, users: rows alone
locks          one at a time; a unit that stays as it is until the act is over
agreeing       what makes promises later waits for another unit
areas          names → areas, roll-ups over splits and mergers
devices        what a phone may keep, under which key
second_person  no administrator alone: the second word on a post or an account
workdays       the working-day table
delivery       what a unit is told, sent outside the house
recounting     what hangs on the working days, counted anew
handing        whoever leaves, and a unit that ends or moves, names who takes each promise over
checking       what must be true of units, posts, accounts and of what they hold
units          organisations, their names and places
accounts       users, roles, sign-in
channels       by what a unit is told outside the house
sponsorship    which unit sponsors which area (挂联), gaps and overlaps
trail          the journal

A room knows those before it. What a page shows of a room after its own is brought to it (`brings.BESIDE`).
"""
