"""The ladder (督办阶梯): a clock that nobody answers climbs by dated rules: reminded, urged, supervised, raised to the tier above.

rungs     which clocks of a need run, and on which working day each rung falls due
rules     the clock's own hand; when anybody may be told; who still acts on what was raised
queries   what may be due, asked in SQL; what climbs, for the lists
above     who is told: the unit above, skipping where nobody sits
commands  climb: the one act of the clock
words     what the timeline says of a rung
digest    what a coordinator reads in the morning
tasks     the tick, in the background
"""
