"""The village governs itself: what is decided is counted by anyone, what is promised is published (村民自治).

Read in this order: each room imports only rooms above it in this list.

states     the words of the trade, and the tables of moves
models     bodies and their seats; meetings and what they decide; then what each part keeps
bodies     committee, council, groups: their names, seats and terms; the rolls of adults and homes as of a day   (C1, C15)
meetings   called, opened with a roll, decided by the law's numbers, closed by two; months without one    (C16)
agenda     what is brought, decided, sent to the body that may, carried out                            (C16)
deciding   filed with the township, put up, objected to and answered                               (C17, C18)
booking    the book of points: two lines a booking that add up to nought; reversals                    (C28)
points     rules of points that a meeting adopted, what homes claim, the board, objections             (C28)
shop       what lies on the shelves, what homes take for points, the close of a month                  (C28)
income     the collective's own book: contracts, vouchers of two hands, what is due                   (C13)
dividends  shares as of a day, a year shared out by the members' meeting's decision, receipts         (C13)
yields     what a mu bears, what homes earn: means with n                                              (C11, C14)
planning   aspects and items as a meeting adopted them, zones in words, assets beside the plan        (C6, C7, C12)
polls      one home, one vote: cards and blind tokens, sealed ballots, heaps, the published board       (C26)
verifier   recounts a board; stands alone, and knows nothing of this house
figures    what is counted
demo       what the demo county lives
bringing, brings  what each part brings to the pages of the house
"""
