from wanjia.registry import bulk
from ..models import GateDuty
from . import plans
def store(plan, posed, answer):
    bulk.insert(GateDuty, list(plans.rows_of(plan, posed, answer.plan)))
