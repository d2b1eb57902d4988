"""What another app brings to the posts: roles of its own, in its roles.py."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NewRole:
    """A role that an app brings (`ROLES` in its roles.py): a member of `orgs.roles.Role` like the house's own.

    It stands in forms, lists, workbooks of people and the permission matrix; which duties it carries says the app's duties.py.
    tiers: of the units where it may stand, none: of any; whole_area: it looks over a whole area though its unit belongs to a line;
    own_unit: it sees what its own unit holds, and nothing by its area or its unit's line; apart: values of the roles that one person may not hold beside it (an administrator's never).
    """

    name: str
    value: str
    label: Any
    tiers: tuple[str, ...] = ()
    whole_area: bool = False
    own_unit: bool = False
    apart: tuple[str, ...] = ()
