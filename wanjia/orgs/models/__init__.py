"""Who stands where: the rows. Models call nobody; mechanisms import them from here.

dated          rows in force from one day to another
areas          the tree of areas, their other names, what followed what
units          units, their other names, which areas they sponsor
users          accounts and posts; the tries of a second factor
second_person  what the holders of protective posts are told
agreeing       a change that may have to wait for another unit
channels       by what a unit is told outside the house, and what it was told
handing        what was left behind until it is in other hands
workdays       a change of the working-day table
"""

from .agreeing import Asked, ChangeState
from .areas import STEM_DIGITS, Area, AreaAlias, AreaSuccession, Level
from .channels import Message, MessageChannel, Route, Sending
from .dated import DatedQuerySet
from .handing import Handover
from .second_person import IN_HANDS, Change, DutyNotice
from .units import Line, Organisation, OrganisationAlias, Sponsorship, Tier
from .users import FactorTry, Post, User, staff
from .workdays import DayChange, digest

__all__ = [
    "IN_HANDS", "STEM_DIGITS", "Area", "AreaAlias", "AreaSuccession", "Asked", "Change", "ChangeState", "DatedQuerySet", "DayChange", "DutyNotice", "FactorTry",
    "Handover", "Level", "Line", "Message", "MessageChannel", "Organisation", "OrganisationAlias", "Post", "Route", "Sending", "Sponsorship", "Tier", "User", "digest", "staff",
]  # fmt: skip
