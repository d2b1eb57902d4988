"""What the labour register brings to the pages of the house."""

from .figures.population import WORKERS

POPULATIONS = [WORKERS]
