"""The register of homes: households, people, dated memberships and statuses, visits, import. Read in this order: each room imports
only rooms above it in this list (kept by the contract "Rooms").

states, names     the moves of visits and uploads; how a name sounds
models            households, people and what is true of them from when to when
ties              who has to do with a home
memberships       who belonged to which home on a day
finding           whom a number or a search text means
permits           by what leave somebody reads a child's file
lookups           what is journalled before such a question is answered
fact_forms, bulk  form fields from columns; many fresh rows at once
cuts              open proposals to cut aid go with whoever has the aid
people            one person: special groups derived with "why", absences, care, revealing what is protected
households        one home: its people on any day, its freshness, what is missing; many homes at once
statuses          what a person or a home is known as from when to when
access            leave to read children's files beyond one's duty: asked and decided, or taken in an emergency and reviewed
workbooks         what the register's workbooks hold and how their rows are judged (pure)
owed              what a home may be owed, and why; nothing of it is stored
aid               what brings money is cut by three people and after a hearing, refused in writing, given at once where it must
visits            planned and done, findings → a need in one step (the need itself is made by an app above); who stays behind when somebody leaves
duplicates        the same person twice: a person decides, and may take it back
exporting         homes as lines of the workbook that the importer understands
importing         workbooks: preview → each row's verdict → confirm
applying          the confirmed rows written, chunk by chunk, so that nobody waits; the work that goes on by itself
urls, api, brings the addresses; JSON over the same queries and commands; what the register brings to the pages of the house
"""
