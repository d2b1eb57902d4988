"""A year of a village's own affairs (`wanjia simulate`): meetings with what they decide, objections, by-laws; points and the shop; the collective's money and a dividend; the fee; polls; what a branch promises and comes together for; disputes; appraisals and what is told privately; the plan; craftsmen and ventures; proposals, matters that go step by step; clean-up days, lived by the real commands, and a second book that says what must stand.

The book is told which acts were acknowledged, and with what; it reckons quorums, balances, stock, shares and days in plain Python and knows no rule or query of the product.
Each part of PARTS lives its days and holds its own evening.
"""

from .appraising import Appraising
from .boards import Boards
from .branch import Branch
from .bylaws import Bylaws
from .cleanups import CleanUps
from .councils import Councils
from .crafts import Crafts
from .dividends import Dividends
from .fees import Fees
from .gathering import Gathering
from .matters import Matters
from .mediation import Mediation
from .money import Money
from .notices import Notices
from .plans import Plans
from .points import Points
from .polls import Polls
from .proposals import Proposals
from .shop import Shop
from .telling import Telling
from .ventures import Ventures
from .year import Year

# Who reads in the book of another comes after it.
PARTS = (
    Councils, Notices, Points, Shop, Money, Dividends, Fees, Bylaws, Polls, Branch, Mediation, Appraising, Telling, Plans, Crafts, Ventures, Proposals, Matters, Gathering, CleanUps, Boards,
)  # fmt: skip


def begin(year):
    """Begin the year of a village with all its parts."""
    return Year(year, PARTS)
