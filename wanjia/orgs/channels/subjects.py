"""What the acts on channels are about: the unit that is told. What is typed there is a secret, and lies on no device."""

from dataclasses import replace

from ..units.subjects import UNITS

TOLD_UNITS = replace(UNITS, page="orgs:channels", drafts=False)
