"""Who is proposed which work (B16–B18, A23): the register and the vacancies in, proposals with reasons out; the labourer decides.

plans     rows → market → proposals, and why this one and not that one; the only file that speaks to the engine
keeping   what matching tells wanjia/solving of itself (PLANNED)
rules, commands, queries, views: ask for a plan, change it by hand, tell, take the answer
"""
