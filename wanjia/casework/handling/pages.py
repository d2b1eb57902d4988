"""What the page of reporting done shows besides its form."""


def papers(_request, need):
    """The papers that are there already."""
    return {"papers": _papers(need).defer("body")}


def has_none(need, _actor, _day):
    """Without a paper one of the three is asked for: the page may call none of them optional."""
    return not _papers(need).exists()


def _papers(need):
    return need.evidence.filter(taken_back_at=None)
