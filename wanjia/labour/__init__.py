"""Rural labour transfer (农村劳动力转移就业): the people of the register seen as labour, where they work, and how every printed figure comes
out of rows. Read in this order: each room imports only rooms above it in this list.

states            the words of the trade; demand_states, departure_states, day_states, reach_states, board_states: those of its parts, with their tables of moves
models            the labourer, the spells of work, the sums of both; then what each part keeps
figures           the labourers as a population that figures count, now and on a past day
tallying          the sums, changed by differences; what is kept of past days
keeping           how a labourer's row is written: by compare-and-set, the sums and the register's absence with it
following         what follows when the register of people changes
ledger            what follows when a need that labour opened is withdrawn on the ledger
workers           the roll, one labourer's timeline, enrolling, spells, wishes        (B1–B3, B16)
rounds            rounds of asking: an area, a last day, how far it is                (B20)
calls             whom to call next, three answers, the risk of a return              (B21)
workbook, listed  a file of labourers judged row by row; its closed lists and sentences (pure)
loading           files of any size into the register, by columns
monthly           the bureau's table of a month, each change explained by people
dashboard         the page that a leader reads                                        (B1–B4)
hundred_days      departures within the bureau's hundred days (百日行动): times and people (B17)
drilling          the labourers behind one number
employers         who takes workers, the five merits, complaints                      (B15)
vacancies         held against the law, confirmed by a second person, on a board for everybody (A20, B30)
agreements        with whom, until when, how many came                                (B14)
stations          units away, and which workers chose them                            (B10–B12)
matching          who is proposed which work; the labourer decides                    (B18, A23)
campaigns         a drive: a window, targets, the stages of a placement               (B9, B17)
board             tasks of one office to another: led, assisted, reported, confirmed (B6)
departures        who leaves when, and the coaches an engine makes of it              (B16, B18)
freeing           the seat of whoever does not ride, alike whoever says so
riding            the day and after: the roll, the hand-over, follow-ups              (B19, B39)
trips             a coach before it leaves: papers, drivers, hours, who sits where
day_markets       the line of a morning, orders, sent, there, paid                    (B13)
fairs             job fairs: stalls, the paper list, what came of offers              (A21)
outreach          who is told of a vacancy, who is left out, and why                  (A19, A22)
city              an invented city with the printed margins, to the person (pure)
demo, simulating  the demo township's labourers; a year of the roll; simulating_board: of the board's tasks
retaining         what is disposed of when its time is over
bringing, brings  what each part brings to the pages of the house; api, demand_api, board_api: JSON over the same queries and commands
"""
