"""What the promises' tests share."""

from .apart import apart, prepared  # noqa: F401, fixtures
