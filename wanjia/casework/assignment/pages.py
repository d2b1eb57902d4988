"""What the page of assignment shows besides its form."""


def returned(_request, need):
    """Why it came back, on top of the page."""
    return {"returned": need.steps.filter(act="return").last()}
