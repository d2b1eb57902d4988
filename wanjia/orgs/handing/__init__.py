"""Handing over (离岗交接、撤并交接): whoever leaves, and a unit that ends or moves, names who takes each open promise over, in the same act.

kinds     a family of promises, as apps bring it
queries   what somebody holds, who could take it, what lies adrift
choices   the fields by which an act asks who takes over, and what was answered
commands  pass on, open a standing hand-over, finish it, climb
rules     who may finish one
tasks     the tick: what lies adrift gets its dated task, and climbs
"""
