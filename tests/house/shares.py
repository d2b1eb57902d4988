"""Long walks are cut in `make test`: each reader opens a third of the addresses, another third than the next reader does.

So every address has readers and every reader addresses; `make prove-walks` (WANJIA_WHOLE_PROOF=1) lets each open all.
"""

import os

WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
THIRDS = 3


def mine(at, turn, whole=WHOLE):
    """Tell whether the reader of this turn opens the address at this place of the walk; without a turn everybody opens all."""
    return whole or turn is None or (at + turn) % THIRDS == 0
