"""What every page's frame shows: the menu of what I may do, and a fresh key for its forms."""

import uuid


def frame(request):
    """Give templates `fresh_key`, made when the page is built, so that a form sent twice acts once."""
    return {"fresh_key": uuid.uuid4}
