"""The ground floor: what every app of Wanjia stands on. Read in this order
(`wanjia.verdict` and `wanjia.sealing` lie below it):

machine   a table of moves between states
journal   one line per act and per reading of a child's file, hash-chained, in the same transaction
command   one act, one function: atomic, journalled, repeat-safe
acts      the act is the declaration: what it asks, who may, its words
brings    what each app brings to the floors below it
privacy   every field sorted: open, internal, sensitive, child
calendar  the Chinese working-day table
triggers  what the database itself refuses
"""
