"""Who stands where: areas, organisations in two lines, posts, duties, users, sponsorship. Read in this order:

duties         what a role may do (code); who holds a role is data: roles, carried
scope          what an actor sees: own subtree, or own department's share of it; the one place
lines          what a line of the journal is called, and for which unit its act was done
models         areas with dates and successors, organisations by area (块) and by department (条), posts, users: rows alone
areas          names → areas, roll-ups over splits and mergers
units          organisations, their names and places
sponsorship    which unit sponsors which area (挂联), gaps and overlaps
second_person  no administrator alone: the second word on a post or an account
accounts       users, roles, sign-in
agreeing       what makes promises later waits for another unit
workdays       the working-day table
recounting     what hangs on it, counted anew
trail          the journal

A room knows those before it. What a page shows of a room after its own is brought to it (`brings.BESIDE`).
"""
