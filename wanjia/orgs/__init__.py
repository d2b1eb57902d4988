"""Who stands where: areas, organisations in two lines, posts, duties, users, sponsorship. Read in this order:

duties       what a role may do (code); who holds a role is data
models       areas with dates and successors, organisations by area (块) and by department (条), posts, users
scope        what an actor sees: own subtree, or own department's share of it; the one place
areas        names → areas, roll-ups over splits and mergers
sponsorship  which unit sponsors which area (挂联), gaps and overlaps
accounts     users, roles, sign-in
"""
