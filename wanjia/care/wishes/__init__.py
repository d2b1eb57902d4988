"""Small wishes (微心愿, A14): said by a child, judged by another, published as code, age band and thing, claimed, brought, signed, asked again.

rules, queries, asking, subjects, commands: the life of a wish, a claim, money that is given · workbook: today's spreadsheet, row by row ·
pages, views: what the staff opens, and its papers. What everybody opens without an account is the room donors.
"""
