"""What schools keep of somebody who is erased: a home of his that came to a parents' class (office/tests/erased_world.py plants it)."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.schools.models import ParentHome

from .acts_families import held


def rows(world, person, mark):
    """Return {model: its fields}."""
    return {ParentHome: {"parent_class": held(world), "household": world.home, "noted_at": MONDAY}}
