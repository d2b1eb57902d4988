"""Which duties there are and which role carries which: what every installed app declares in its duties.py, gathered."""

from wanjia.kernel.brings import parts

from .roles import Role

_DECLARED = list(parts("duties"))
EVERY = [duty for module in _DECLARED for duty in module.Duty]
DUTIES = {role: {duty for module in _DECLARED for duty in module.CARRIES.get(role, ())} for role in Role}

# Roles that carry a duty which protects somebody or watches over others: such a post is given by two people (ADR 0053).
# Opening a child's file is not among them: every village has it, and each opening is journalled with its reason.
PROTECTIVE_DUTIES = {duty for module in _DECLARED for duty in module.PROTECTIVE}
PROTECTIVE = frozenset(role for role in Role if DUTIES[role] & PROTECTIVE_DUTIES)


def roles_with(*duties):
    """Return the roles that carry at least one of these duties."""
    return [role for role, carried in DUTIES.items() if carried.intersection(duties)]
