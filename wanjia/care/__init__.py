"""Care for children and elders who stay behind (关爱服务): a person for each child, wishes, events, classes, a meal a day.

Read in this order: each room imports only rooms above it in this list.

addresses, asking, locking, looking  what several pages are called with, what several forms ask, what is locked before what, at which days the clock has looked
states     the words of the trade, and the tables of moves; those of single rooms stand beside it (wish_states, event_states, …)
models     who helps, with whom; then what each part keeps
children   which children somebody has to do with, and how a reading of their names is journalled
helpers    who helps, in which team, vetted until when                                      (A18)
pairing    which child is proposed to whom; one act makes the pairs; who leaves hands over   (A9, A10)
rhythms    how often each child is to be reached, by the register's groups
lines      the three lines and the three concerns                                           (A5, A11, A12)
wishes     small wishes, from the child to the thanks                                       (A14)
donors     what somebody without an account does: claims a wish, follows it by a slip        (A14)
events     one event with its hosts, homes, children, hours                                 (A13, A16, A17)
attending  who came to an event, by list, by a code on paper, counted by hand; who helped for how long
photos     a picture with its subject, consent, place and last day                          (P1–P5)
gifts      one thing for each child of a roll, in its size                                  (A15)
classes    after school and at weekends: who comes, who fetches                             (B35, B36)
canteen    the meals of elders, and who did not come                                        (B37)
unopened   a meal that nobody opened, a roll that nobody called: noted by the clock
drilling   the rows behind one number of these rooms
programme  everything of 党旗护苗 on one page                                                (A1)
figures    what all of it counts
simulating a year of all of it, with a second book beside it
bringing, brings  what each part brings to the pages of the house
"""
