"""A labourer's own slip (务工小条): without an account he sees what is proposed to him and why, says yes or no, asks a person to look again, and,
once he works away, voices what those at home need (B39) and follows it.

rules, queries, commands: codes, words, limits · views, pages, forms: the pages under /w/
"""
