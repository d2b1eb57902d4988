"""How the register's acts are done rightly, room by room, and how each of their refusals is met: what the house's generated tests try.

Rows of the register's older rooms stand in tests/house/acts.py.
"""

from . import access_acts, aid_acts

ACTS = {**access_acts.ACTS, **aid_acts.ACTS}
