"""The word that stands where the law had a text erased (依法删除): on every floor, for none may take it for somebody's own."""

WORD = "(已依法删除)"
NOBODY = frozenset({"", WORD, "(已删除)"})  # names nobody; the last: what an erasure wrote before 0.2.0
