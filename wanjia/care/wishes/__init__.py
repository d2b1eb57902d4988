"""Small wishes (微心愿, A14): said by a child, judged by another, published as code, age band and thing, claimed, brought, signed, asked again.

rules, queries, asking, subjects, commands: the life of a wish · claiming: what somebody without an account does · money: what is given and what became of it ·
views: pages of the staff and their papers · public/: the pages that everybody opens
"""
