"""The register of homes: households, people, dated memberships and statuses, visits, import. Read in this order:

models      households, people and what is true of them from when to when
states      the moves of a visit
households  one home: its people on any day, its freshness, what is missing; many homes at once
people      one person: statuses, special groups derived with "why", revealing what is protected
visits      planned and done, findings → a need in one step (the need itself is made by an app above)
duplicates  the same person twice: a person decides, and may take it back
importing   workbooks: preview → each row's verdict → confirm
applying    the confirmed rows written, chunk by chunk, so that nobody waits
acting      the one way from a form to its command; fact_forms: form fields from columns
urls, api   the addresses; JSON over the same queries and commands
"""
