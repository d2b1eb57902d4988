"""Who is proposed which work (B16–B18, A23): the register and the vacancies in, proposals with reasons out; the labourer decides.

plans     rows → market → proposals; the only file that speaks to the engine
reasons   why this one, why not that one, in words that can be checked by hand
rules, commands, queries, views: ask for a plan, change it by hand, tell, take the answer
"""
