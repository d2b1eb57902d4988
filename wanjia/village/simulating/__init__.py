"""A year of a village's own affairs (`wanjia simulate`): meetings with what they decide, objections, by-laws; points and the shop; the collective's money and a dividend; the fee; polls; what a branch promises; disputes, lived by the real commands, and a second book that says what must stand.

The book is told which acts were acknowledged, and with what; it reckons quorums, balances, stock, shares and days in plain Python and knows no rule or query of the product.
Each part of PARTS lives its days and holds its own evening.
"""

from .boards import Boards
from .branch import Branch
from .bylaws import Bylaws
from .councils import Councils
from .dividends import Dividends
from .fees import Fees
from .mediation import Mediation
from .money import Money
from .notices import Notices
from .points import Points
from .polls import Polls
from .shop import Shop
from .year import Year

PARTS = (Councils, Notices, Points, Shop, Money, Dividends, Fees, Bylaws, Polls, Branch, Mediation, Boards)  # who reads in the book of another comes after it


def begin(year):
    """Begin the year of a village with all its parts."""
    return Year(year, PARTS)
