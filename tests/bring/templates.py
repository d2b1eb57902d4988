"""Every workbook that some app knows, by name."""

from wanjia.casework.importing.template import NEEDS
from wanjia.office.starting.columns import STAFF, UNITS
from wanjia.orgs.areas.columns import AREAS
from wanjia.registry.workbooks.benefits import SUBSIDIES
from wanjia.registry.workbooks.homes import HOUSEHOLDS

TEMPLATES = {one.name: one for one in (HOUSEHOLDS, NEEDS, SUBSIDIES, AREAS, UNITS, STAFF)}
