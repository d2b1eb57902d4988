"""Schools: every gate held, every seat known, every hazard owned (校园安全).

Read in this order: each room imports only rooms above it in this list.

states     the words of the trade, and the tables of moves
models     schools and their year; then what each part keeps
year       schools, terms, days that are not as others, bells, gates; what a day is at a site of theirs
           (year/sites), for apps that know no school                         (A46, A47)
demo       schools of the demo county
bringing, brings  what each part brings to the pages of the house
"""
