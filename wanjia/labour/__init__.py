"""Rural labour transfer (农村劳动力转移就业): the people of the register seen as labour, where they work, and how every printed figure comes
out of rows. Read in this order:

models      the labourer, the spells of work, the sums of both
"""
