"""One request of the fuzz."""

import json
from dataclasses import dataclass, field


@dataclass
class Request:
    """One call of the API."""

    method: str
    path: str
    template: str
    query: dict = field(default_factory=dict)
    body: object = None
    files: dict | None = None
    form: bool = False  # sent as a page's form, not as JSON
    headers: dict = field(default_factory=dict)
    trick: object = None  # one of `tricks.TRICKS`, which writes the body
    at: object = None  # the moment at which it is sent, where that is another than everybody's

    @property
    def act(self):
        """Return what is covered when this was sent."""
        return self.method, self.template

    def __str__(self):
        return f"{self.method} {self.path} {self.query} {self.headers} {json.dumps(self.body, ensure_ascii=True, default=str)[:600]}"
