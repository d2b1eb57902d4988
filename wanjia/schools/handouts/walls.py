"""What may hang at a gate: surname and role, told apart by a number where two would read alike. Pure."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from ..plan_states import Party

ROLES = {Party.POLICE: _("警官"), Party.GUARD: _("师傅"), Party.TEACHER: _("老师"), Party.PARENT: _("家长")}
DOUBLE = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "夏侯", "令狐", "慕容", "公孙")
NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"


def wall_names(guards):
    """Return {key of a guard: what may hang on the wall}; namesakes of one role are numbered in the order of their keys."""
    alike = defaultdict(list)
    for one in sorted(guards, key=lambda guard: str(guard.pk)):
        surname = one.name[:2] if one.name.startswith(DOUBLE) else one.name[:1]
        alike[f"{surname}{ROLES[Party(one.party)]}"].append(one.pk)
    return {pk: name if len(keys) == 1 else name + (NUMBERS[n] if n < len(NUMBERS) else f"({n + 1})") for name, keys in alike.items() for n, pk in enumerate(keys)}
