"""The village governs itself: what is decided is counted by anyone, what is promised is published (村民自治).

Read in this order: each room imports only rooms above it in this list.

states     the words of the trade, and the tables of moves
models     bodies and their seats; meetings and what they decide; then what each part keeps
bodies     committee, council, groups: their names, seats and terms; the rolls of adults and homes as of a day   (C1, C15)
meetings   called, opened with a roll, decided by the law's numbers, closed by two; months without one    (C16)
agenda     what is brought, decided, sent to the body that may, carried out                            (C16)
deciding   filed with the township, put up, objected to and answered                               (C17, C18)
polls      one home, one vote: cards and blind tokens, sealed ballots, heaps, the published board       (C26)
verifier   recounts a board; stands alone, and knows nothing of this house
figures    what is counted
demo       what the demo county lives
bringing, brings  what each part brings to the pages of the house
"""
