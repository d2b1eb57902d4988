"""Who sends, and what none of them must see where."""

from wanjia.casework.states import NeedState

# Words that only rows of this township hold, and who may never read them there.
HERE, THERE = "界内暗记甲", "界外暗记乙"
NO_CONTENT = ("admin", "auditor", "nobody", None)
BUREAUS = ("handler", "teacher", "head")
HIDDEN = {
    HERE: ("stranger", *BUREAUS, *NO_CONTENT), THERE: ("visitor", "clerk", "station", "school", "township_leader", *BUREAUS, *NO_CONTENT),
}  # fmt: skip
ROLES = (
    "visitor", "clerk", "station", "school", "stranger", *BUREAUS, "caller", "inspector", "ledger", "officer", "leader", "township_leader", *NO_CONTENT,
)  # fmt: skip
STATES = (NeedState.REGISTERED, NeedState.ADMITTED, NeedState.TRIAGED, NeedState.ASSIGNED, NeedState.ACCEPTED, NeedState.DONE_REPORTED,
          NeedState.VERIFIED, NeedState.CLOSED, NeedState.RETURNED, NeedState.REOPENED)  # fmt: skip
# Who would ask what, by the last word of an address or by its beginning; what is not named is asked by those who see needs.
LIKELY = {
    "call-back": ("caller",), "check-withdrawal": ("caller",), "open-words": ("caller", "inspector"), "recheck": ("inspector",),
    "uploads": ("clerk", "ledger"), "visits": ("visitor",), "households": ("visitor", "clerk"), "people": ("visitor", "clerk", "station"),
    "report-done": ("handler", "clerk"), "hand-to": ("handler", "clerk"), "accept": ("handler", "clerk"), "figures": ("leader", "clerk", "ledger"),
    "needs": ("clerk", "ledger", "visitor"),
}  # fmt: skip
