"""A reading of children's names outside the file: one line a child, before the page is sent (未成年人网络保护条例 36)."""

from wanjia.kernel import journal

READ = "child.named_in_care"


def read_names(children, *, where, by, at):
    """Journal that `by` is shown the names of these loaded children on a working list of care, each child a line; returns the children.

    where: in the words of the trade, which list and why (“四点半课堂点名 大同小学”). Who is shown nobody writes nothing.
    """
    for child in children:
        journal.record_reading(act=READ, subject=child, by=by, at=at, reason=where, area_code=child.village_id or "", fields=["name"])
    return children
