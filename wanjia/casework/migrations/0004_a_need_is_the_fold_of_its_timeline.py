"""Each line of a timeline gets its number and what it changed; what a need holds today becomes its last line's change."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations

from wanjia.kernel import triggers
from wanjia.kernel.calendar import today

BATCH = 500
# What acts could change on a need when this migration was written.
MUTABLE = (
    "state", "reasonable", "decline_ground", "decision_reason", "told_on", "told_way", "urgency", "difficulty", "tier", "grade_hint",
    "holder_id", "handler_id", "leader", "due_on", "due_provisional", "first_due_on", "graded_on", "due_days", "late_since",
    "step_due_on", "step_clock", "step_from_on", "assigned_at", "accepted_at", "done_at", "outcome", "outcome_text", "planned_on",
    "no_evidence_reason", "answered_on", "answered_way", "confirmed", "confirmed_by", "satisfaction", "slip_word",
    "callback_failed", "withdrawal_asked_at", "drawn", "verified_at", "closed_at", "ended_at", "returns", "reopenings",
)


def number_the_lines(apps, schema_editor):
    """Number the lines in the order in which they were written; the last carries the need as it stands."""
    from wanjia.casework.models import Need as Live
    from wanjia.casework.models import Step as LiveStep

    using = schema_editor.connection.alias
    triggers.lift(using, models=[LiveStep, Live])
    Need, Step, Callback = (apps.get_model("casework", name) for name in ("Need", "Step", "Callback"))
    for need in Need.objects.using(using).defer("story", "requester_phone").iterator(chunk_size=BATCH):
        steps = list(Step.objects.using(using).filter(need=need).order_by("id"))
        need.version = len(steps)
        need.touched_at = max((step.recorded_at for step in steps), default=need.recorded_at)
        first = next((step for step in steps if step.act == "triage"), None)
        if first is not None:
            need.graded_on, need.first_due_on = today(first.happened_at), first.due_on
        if need.confirmed:
            last = Callback.objects.using(using).filter(need=need, reached=True).order_by("at").last()
            need.confirmed_by = "slip" if last is not None and last.way == "slip" else "callback"
        need.save(update_fields=["version", "touched_at", "graded_on", "first_due_on", "confirmed_by"])
        for n, step in enumerate(steps, start=1):
            step.n = n
        if steps:
            held = {name: getattr(need, name) for name in MUTABLE}
            steps[-1].changed = json.loads(json.dumps(held, cls=DjangoJSONEncoder))
            steps[-1].confirmed_by = need.confirmed_by
        Step.objects.using(using).bulk_update(steps, ["n", "changed", "confirmed_by"], batch_size=BATCH)

number_the_lines.batched = True


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_lines_carry_what_they_changed")]

    operations = [migrations.RunPython(number_the_lines, migrations.RunPython.noop)]
