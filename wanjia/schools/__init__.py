"""Schools: every gate held, every seat known, every hazard owned (校园安全).

Read in this order: each room imports only rooms above it in this list.

states     the words of the trade, and the tables of moves; bus_states: those of the buses
models     schools and their year; then what each part keeps
year       schools, terms, days that are not as others, bells, gates                         (A46, A47)
buses      operators, vehicles, crews with their papers, lines as they were filed          (A24)
riders     the children who ride, and the adults who may receive them
riding     the roll of a trip, with a line or without one; nobody is left in a bus
slips      where is the bus: a parent's slip, without an account
routes     lines drawn by the engine: drafts, until they are filed
fares      full fare, the home's half, the subsidy; a month settled to the fen
bringing, brings  what each part brings to the pages of the house
"""
