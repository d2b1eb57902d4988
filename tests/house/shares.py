"""Long walks are cut in `make test`: each reader opens a third of the addresses, another third than the next reader does.

So every address has readers and every reader addresses; `make prove-walks` (WANJIA_WHOLE_PROOF=1) lets each open all. Where all roles walk, there
are enough of them to open a ninth each.
"""

import os

WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
THIRDS, NINTHS = 3, 9


def mine(at, turn, whole=WHOLE, parts=THIRDS):
    """Tell whether the reader of this turn opens the address at this place of the walk; without a turn everybody opens all. parts: into how many the walk is cut."""
    return whole or turn is None or (at + turn) % parts == 0
