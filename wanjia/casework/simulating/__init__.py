"""A county's year on the ledger (`wanjia simulate`): its people act by the real commands, and a second book says what must be true.

The book knows no product code: it is told which acts were acknowledged and reckons state, owner and both clocks by rules and a
calendar of its own (`book.py`, `days.py`). Each evening the two are held side by side (`judging.py`). People choose what to do by
the book; what the book calls lawful and the product refuses, or the other way round, is a violation as well.
"""
