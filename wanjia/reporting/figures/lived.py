"""Figures held against the second book of `wanjia simulate`."""

from .queries import figures


def hold(lived, by, populations, should):
    """Hold figures of these populations, as somebody counts them today, against {id: n}, or {id: (n, N)}; nothing where nobody is there to count. lived: the part of the year that tells what differs."""
    told = {row["id"]: row for one in populations for row in figures(one.visible(by), None, lived.today)} if by else {}
    for id_, n in should.items() if by else ():
        found, n = told.get(id_), n if isinstance(n, tuple) else (n, None)
        if found is None or found["n"] != n[0] or n[1] not in (None, found["N"]):
            lived.violate("统计数和应有的不一样 / a figure differs", f"{id_}:{found and found['n']} ÷ {found and found['N']},应当是 {n[0]} ÷ {n[1]}")
