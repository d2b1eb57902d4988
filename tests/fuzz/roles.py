"""Who sends, and what none of them must see where."""

from wanjia.casework.states import NeedState

# Words that only needs of this township or of the other one hold; only the other's homes, people, visits and files, and this one's
# home; only a reason in the other's journal. And who may never read them.
HERE, THERE, FAR_HOME, FAR_LINE, NEAR_HOME = "界内暗记甲", "界外暗记乙", "界外暗记丙", "界外暗记丁", "界内暗记戊"
NO_CONTENT = ("admin", "auditor", "township_auditor", "nobody", None)
BUREAUS = ("handler", "teacher", "head")
# Whoever serves labourers sees the roll of the county, whoever answers for care its children, for schools their gates: of needs they see none. A post of its own unit reaches
# nothing by its area.
COUNTY, OWN_UNIT = ("labour", "analyst", "care", "schools", "gates"), ("away", "helper", "headmaster", "attendant", "mediator", "secretary", "organiser")
ROLES = (
    "visitor", "clerk", "station", "school", "stranger", *BUREAUS, "caller", "inspector", "ledger", "officer", "leader", "township_leader", *COUNTY, *OWN_UNIT, *NO_CONTENT,
)  # fmt: skip
ONLY_HERE = ("visitor", "clerk", "station", "school", "township_leader", *OWN_UNIT, *NO_CONTENT)
HIDDEN = {
    HERE: ("stranger", *BUREAUS, *COUNTY, *OWN_UNIT, *NO_CONTENT), THERE: (*ONLY_HERE, *BUREAUS, *COUNTY), FAR_HOME: ONLY_HERE, NEAR_HOME: ("stranger", *OWN_UNIT, *NO_CONTENT),
    # these bureaus' own duty is with families: they open homes of their reach
    FAR_LINE: tuple(role for role in ROLES if role not in ("stranger", "inspector", "auditor")),
}  # fmt: skip
STATES = (NeedState.REGISTERED, NeedState.ADMITTED, NeedState.TRIAGED, NeedState.ASSIGNED, NeedState.ACCEPTED, NeedState.DONE_REPORTED,
          NeedState.VERIFIED, NeedState.CLOSED, NeedState.RETURNED, NeedState.REOPENED)  # fmt: skip
WHOSE = {NEAR_HOME: HERE, FAR_HOME: THERE}  # the needs of a home
# Who would read what, and do what no row of an act says, by the last word of an address that stands here; what is not named is asked by those who see needs.
LIKELY = {
    "call-back": ("caller",), "check-withdrawal": ("caller",), "open-words": ("caller", "inspector"), "recheck": ("inspector",),
    "uploads": ("clerk", "ledger"), "visits": ("visitor",), "households": ("visitor", "clerk"), "people": ("visitor", "clerk", "station"),
    "report-done": ("handler", "clerk"), "hand-to": ("handler", "clerk"), "accept": ("handler", "clerk"), "figures": ("leader", "clerk", "ledger"),
    "needs": ("clerk", "ledger", "visitor"), "labour": ("labour", "clerk"), "agreements": ("labour", "analyst"), "outposts": ("labour", "analyst"), "plans": ("labour",),
    "away": ("away", "visitor"),
}  # fmt: skip
