"""The word that stands where the law had a text erased (依法删除): on every floor, for none may take it for somebody's own."""

WORD = "(已依法删除)"
