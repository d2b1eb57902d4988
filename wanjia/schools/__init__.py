"""Schools: every gate held, every seat known, every hazard owned (校园安全).

Read in this order: each room imports only rooms above it in this list.

states, plan_states, guard_states, bus_states, inspection_states, lesson_states, notice_states, road_states  the words of the trade, and the tables of moves
models     schools and their year; then what each part keeps
year       schools, terms, days that are not as others, bells, gates; sites: what a day is there, for other apps  (A46, A47)
plans      one plan per school: versions, posts, map, signatures; which seats are due            (A47)
guarding   who may stand at a gate, and when                                                    (A46, A50)
rostering  who stands where: runs of the engine, the roster that stands, changes by hand, alarms (A46, A48)
handouts   the gate's week table, month card, calendar, duty card                                 (A48, A49)
gates      the day: who came, what happened, talks                                              (A49, A53)
leading    a leader's day at a school, proposed by the calendar                                 (A52)
buses      operators, vehicles, crews with their papers, lines as they were filed          (A24)
riders     the children who ride, and the adults who may receive them
riding     the roll of a trip, with a line or without one; nobody is left in a bus; a bell that no line serves is told
drills     riding taught and an emergency practised, each term (art. 12)
slips      where is the bus: a parent's slip, without an account
routes     lines drawn by the engine: drafts, until they are filed
fares      full fare, the home's half, the subsidy; a month settled to the fen
venues     places around schools that are inspected                                             (A40, A43)
rounds     rounds over them: by the calendar, with teams of several units, no place skipped silently (A40, A43)
inspecting what was found: one look for all units, hazards, orders, rechecks, overdue climbs    (A40, A44)
campus     what was found on a school's own grounds, for its own people (A40, A44)
notices    notices that bind by a law or only ask, with their last day; receipts; steps where one is not heeded (A41, A42)
patrols    who walks when and where, walked or why not; what is found is a step on a notice's receipt  (A42)
inheriting a unit that ends hands its hazards, rounds and notices over
roads      operations on the road by counts alone, corrections beside what stood                 (A45, A51)
lessons    law into school: vice-principals, lessons held or why not, terms that are closed       (A35, A36, A38)
lecturing  the plan of a term: lecturers, topics and days spread over schools                  (A37)
families   parents' classes: homes that came, each once                                      (A39)
figures    what is counted
tables     a month of gates, hazards, buses and law by area: each number opens its rows
simulating a year with a second book
demo       what the demo county lives
bringing, brings  what each part brings to the pages of the house
"""
