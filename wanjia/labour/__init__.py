"""Rural labour transfer (农村劳动力转移就业): the people of the register seen as labour, where they work, and how every printed figure comes
out of rows. Read in this order:

models      the labourer, the spells of work, the sums of both; contacts, rounds
tallying    the sums, changed by differences
keeping     how a labourer's row is written: by compare-and-set, the sums and the register's absence with it
following   what follows when the register of people changes
workers     the roll, one labourer's timeline, enrolling, spells, wishes
rounds      rounds of asking: an area, a last day, how far it is
calls       whom to call next, three answers, the risk of a return
"""
