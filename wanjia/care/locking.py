"""In which order rows are locked that lie in one another: the outer first – a class before its roll, a session before its children, a meal before its diners, a distribution before its pupils.

So nobody ends what somebody else goes on with at that moment: whoever ends a session counts who is still there under the lock that a mark must have; nor is the last pair of a size given twice.
"""

from wanjia.orgs.subjects import locked


def hold(outer, **within):
    """Lock the row of `outer` in which something lies, for the rest of the transaction."""
    outer.objects.select_for_update(of=("self",), no_key=True).filter(**within).first()


def locked_within(outer, back, model, *related):
    """Return what locks one row of a model for an act, after the row of `outer` in which it lies. back: the way from there to it."""
    take_row = locked(model, *related)

    def take(pk, at):
        hold(outer, **{back: pk})
        return take_row(pk, at)

    return take
