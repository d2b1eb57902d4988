"""The village governs itself: what is decided is counted by anyone, what is promised is published (村民自治).

Read in this order: each room imports only rooms above it in this list.

states     the words of the trade, and the tables of moves
models     bodies and their seats; meetings and what they decide; then what each part keeps
rules      what the rules of many rooms share: a duty in one village, red lines, numbers as people write them
bodies     committee, council, groups: their names, seats and terms; the rolls of adults and homes as of a day   (C1, C15)
meetings   called, opened with a roll, decided by the law's numbers, closed by two; months without one    (C16)
agenda     what is brought, decided, sent to the body that may, carried out                            (C16)
calls      a list that enough sign binds the committee to call a meeting; settled by that meeting alone   (f.1)
deciding   filed with the township, put up, objected to and answered                               (C17, C18)
bylaws     the village's own rules: read for what is against the law, voted on, their text on any day  (C19)
steps      four deliberations and two publications, to the result that another accepts             (C17)
proposing  what villagers bring, by a public page or by paper; each with its answer                (C16)
objecting  a notice's public page: whoever is away objects there, and reads the answers                (C18)
problems   from a problem to its decision or rule and what was felt of it                          (C23)
booking    the book of points: two lines a booking that add up to nought; reversals                    (C28)
points     rules of points that a meeting adopted, what homes claim, the board, objections             (C28)
shop       what lies on the shelves, what homes take for points, the close of a month                  (C28)
mediation  a dispute is taken up, both sides know their rights and choose, sittings, how it ends          (C24)
agreeing   an agreement: terms, signatures, the seal of another hand, how it is kept, the court           (C24)
dossier    the sealed file opened and printed, each reading a line of the journal; the counts that leave it (C24)
fees       the refuse-collection fee: rules, what each home is due, the public account                   (C22)
purse      the fee's money: waivers, receipts, spending                                                (C22)
levies     money and labour for one project: meeting, township, county, notice, only then homes' due       (一事一议)
customs    frontages and their checks, weddings and funerals filed                                     (C20, C21)
income     the collective's own book: contracts, vouchers of two hands, what is due                   (C13)
dividends  shares as of a day, a year shared out by the members' meeting's decision, receipts         (C13)
yields     what a mu bears, what homes earn: means with n                                              (C11, C14)
planning   aspects and items as a meeting adopted them, zones on its own sketch, assets beside the plan        (C6, C7, C12)
polls      one home, one vote: cards and blind tokens, sealed ballots, heaps, the published board       (C26)
board      what everybody may read of the village: every room puts its lines on it                     (村务公开)
yearly     a year in figures of all these rooms, each with its rows
appraisal  a quarter's appraisal by such a poll, the red list by consent                              (C26, C27)
improving  what is told to a home privately, help first; the strict path to a group's paper board         (C27)
stories    role models by consent; tips that go to one person                                          (C29)
branch     the party branch: members, what it comes together for and decides, what is missing          (C1, C2)
branch_duties, pledges  who is in charge of which lane; what was promised, followed like needs    (C3, C4)
recruiting the 25 steps by which somebody becomes a member, by the rules of dates; each reading is written down  (C5)
reviewing  members reviewed once a year: ballots counted by two, a sealed grade, told to each alone       (C2)
cleanups   clean-up days by section                                                               (C25)
crafts     craftsmen by consent, who learns with them, who books them                             (C8–C10)
ventures   ventures of homes by consent                                                           (C30)
verifier   recounts a board; stands alone, and knows nothing of this house
figures    what is counted
demo       what the demo county lives
bringing, brings  what each part brings to the pages of the house
"""
