"""Vacancies (岗位): held against the law before they are kept, confirmed by somebody else, stale by themselves, filled by starts, on a board for everybody."""
