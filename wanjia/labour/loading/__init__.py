"""Files of labourers into the one register, by columns and in parts that are written whole (ADR 120). Read in this order:

reading, encoding    a file cut into parts; bytes and columns of tables
columns              what those columns are called of which more is known
words, told, faults  what cells mean, what is said of them, the copy of refused rows
judging, sounds      a part judged by columns; what is left open goes to the row judge (../workbook)
closing              what only the whole file says: numbers that stand once, one head a home
standing, knowing    what the register holds already; who of a part is known
statuses, row_keys   the marks of homes, the keys of new rows
meeting, building    who stands already is met; who does not is made
aside, healing       indexes and foreign keys set aside for a first load, and brought back
writing              one transaction a part
working, start       the processes that judge and build; preload: what they begin with
rules, commands      who may load; the whole way
checking             whether a load was left halfway, for `wanjia check`
"""
