"""The visit form: six parts made of data, with last time's answers beside; planning; findings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import Day
from wanjia.doors.words import in_english, said
from wanjia.policy.visit_form import parts, questions

from ..fact_forms import yes_no
from ..models import VisitMethod
from .queries import colleagues
from .rules import CATEGORIES, URGENCIES, TooFew

FINDINGS = 3


class RecordVisit(forms.Form):
    """One visit. Questions about each child stand under the child's name; what nobody answered is left out."""

    done_on = forms.DateField(label=_("哪天去的"), widget=Day())
    daypart = forms.ChoiceField(
        label=_("时段"), required=False, widget=forms.RadioSelect, choices=[(w, w) for w in (_("上午"), _("下午"), _("晚上"))]
    )
    method = forms.ChoiceField(
        label=_("怎么去的"), choices=VisitMethod.choices, initial=VisitMethod.HOME, widget=forms.RadioSelect
    )
    visitor_ids = forms.MultipleChoiceField(label=_("走访人"), widget=forms.CheckboxSelectMultiple)
    companions = forms.CharField(label=_("同行人(没有账号的)"), max_length=120, required=False, help_text=_("几个人用顿号隔开。"))
    met_in_person = yes_no(_("见到本人"))
    still_holds = forms.BooleanField(
        label=_("户里登记的情况已当面核对,没有变"), required=False, help_text=_("打上勾,这一户就记为走访那天已核实,不用再填一张表。有变化的,在这一户的页上更新。")
    )
    present = forms.CharField(label=_("还有谁在场"), max_length=120, required=False)
    done_on_spot = forms.CharField(label=_("当场已办的事"), max_length=300, required=False)
    next_on = forms.DateField(label=_("下次哪天来"), required=False, widget=Day())
    next_words = forms.CharField(label=_("下次要做的"), max_length=200, required=False)
    signed_by = forms.CharField(label=_("签字人(户主或监护人)"), max_length=40, required=False)

    # What each part asks of the visit itself: first what everybody answers, then what folds away. Who went along comes first of all.
    THERE = (("visitor_ids", "companions", "done_on", "method", "met_in_person", "still_holds"), ("daypart", "present"))
    NEXT = ((), ("done_on_spot", "next_on", "next_words", "signed_by"))
    OPEN = ("there", "next")  # what is needed, and what was voiced

    def __init__(self, *args, actor, children, members, day, last, keeps, **kwargs):
        super().__init__(*args, **kwargs)
        if not keeps:  # whoever may visit here and not keep the register is not asked
            del self.fields["still_holds"]
        self.children, self.last = children, last
        chosen = set(self.data.getlist("visitor_ids") if self.data else self.initial.get("visitor_ids", ()))
        people = [(str(user.pk), user.name) for user in colleagues(actor)]
        self.fields["visitor_ids"].choices = sorted(people, key=lambda one: one[0] not in chosen)
        self.fields["done_on"].widget.attrs["max"] = day.isoformat()
        self.asked = [(q, None) for q in questions().values() if q.about == "home"]
        self.asked += [
            (q, child) for child in children for q in questions().values() if q.about == "child" and q.fits(child.age_on(day))
        ]
        for question, child in self.asked:
            self._ask(question, child)
        for at in range(FINDINGS):
            self._finding(at, members, children)

    def _ask(self, question, child):
        name = _name(question, child)
        self.fields[name] = forms.ChoiceField(
            label=said(question), choices=list(question.offered(in_english()).items()), required=False, widget=forms.RadioSelect
        )
        self.fields[f"{name}-words"] = forms.CharField(label=_("补充"), max_length=300, required=False)

    def _finding(self, at, members, children):
        self.fields[f"f{at}-words"] = forms.CharField(
            label=_("困难是什么"),
            max_length=200,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("一句话:谁、遇到什么困难、盼着怎么办。"),
        )
        self.fields[f"f{at}-category"] = forms.ChoiceField(
            label=_("属于哪一类"), choices=[("", _("请选择")), *CATEGORIES], required=False
        )
        self.fields[f"f{at}-urgency"] = forms.ChoiceField(
            label=_("急不急"), choices=URGENCIES, required=False, widget=forms.RadioSelect
        )
        people = [("", _("不指明")), *((str(m.person_id), f"{m.person.shown_name}({m.relation})") for m in members)]
        self.fields[f"f{at}-requester"] = forms.ChoiceField(label=_("谁的诉求"), choices=people, required=False)
        self.fields[f"f{at}-wish"] = forms.BooleanField(label=_("这是孩子的微心愿"), required=False)

    def refused(self, refusal):
        """Say that too few went where it is asked who went."""
        if isinstance(refusal, TooFew):
            self.add_error("visitor_ids", str(refusal.reason))

    def clean(self):
        """Gather answers and findings in the shape of the command."""
        told = super().clean()
        answers = {name: told.get(name) for names in (*self.THERE, *self.NEXT) for name in names if name in told}
        answers["home"] = {q.code: _answer(told, q, None) for q, child in self.asked if child is None}
        answers["children"] = {
            str(child.pk): {
                q.code: _answer(told, q, one) for q, one in self.asked if one == child and any(_answer(told, q, one).values())
            }
            for child in self.children
        }
        answers["findings"] = [self._found(told, at) for at in range(FINDINGS) if told.get(f"f{at}-words", "").strip()]
        return answers

    def _found(self, told, at):
        if not told.get(f"f{at}-category"):
            self.add_error(f"f{at}-category", _("请选一个类别。"))
        requester = told.get(f"f{at}-requester") or None
        young = requester in {str(child.pk) for child in self.children}
        return {
            "words": told[f"f{at}-words"], "category": told.get(f"f{at}-category", ""), "urgency": told.get(f"f{at}-urgency", ""),
            "is_wish": told.get(f"f{at}-wish", False), "requester_id": requester, "about_child_id": requester if young else None,
        }  # fmt: skip

    def six_parts(self):
        """Return what the template folds: [{"code", "words", "open", "fields", "more", "more_open", "last", "groups", "findings"}].

        groups: [(child or None, [(field, words, last)])]; findings: [([first fields], [those that fold away])]; last: what was said
        last time, in one line, that it is read without opening the part.
        """
        return [self._part(part["code"], said(part)) for part in parts()]

    def _part(self, code, words):
        fields, more = ([self[name] for name in names if name in self.fields] for names in {"there": self.THERE, "next": self.NEXT}.get(code, ((), ())))
        groups, findings = self._groups(code), self._findings() if code == "next" else []
        asked = [field for _child, rows in groups for choice, words, _last in rows for field in (choice, words)]
        asked += [*fields, *more, *(field for first, rest in findings for field in (*first, *rest))]
        return {
            "code": code, "words": words, "fields": fields, "more": more, "groups": groups, "findings": findings, "more_open": any(one.errors for one in more),
            "open": code in self.OPEN or any(one.errors for one in asked),
            "last": "、".join(last.partition(":")[2] for _child, rows in groups for _choice, _words, last in rows if last),
        }  # fmt: skip

    def _groups(self, code):
        groups = {}
        for question, child in self.asked:
            if question.part == code:
                last = self.last[1].get(child.pk, {}) if child else self.last[0]
                name = _name(question, child)
                groups.setdefault(child, []).append((self[name], self[f"{name}-words"], last.get(question.code, "")))
        return list(groups.items())

    def _findings(self):
        return [
            ([self[f"f{at}-{name}"] for name in ("words", "category")], [self[f"f{at}-{name}"] for name in ("requester", "urgency", "wish")])
            for at in range(FINDINGS)
        ]

    def answers_so_far(self):
        """Return the raw answers of an unfinished form, to be kept as a draft and to begin from next time."""
        return {
            name: self.data.getlist(name) if name == "visitor_ids" else self.data.get(name)
            for name in self.fields
            if self.data.get(name)
        }


def _name(question, child):
    return f"{child.pk if child else 'home'}-{question.code}"


def _answer(told, question, child):
    name = _name(question, child)
    return {"choice": told.get(name, ""), "words": told.get(f"{name}-words", "").strip()}
