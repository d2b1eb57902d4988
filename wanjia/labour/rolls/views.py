"""Send a county's file, watch it, look at its verdict row by row."""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRefresh

from wanjia.doors.guard import act
from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not
from wanjia.doors.reading import page

from ..duties import Duty
from ..workbook import LABOURERS
from . import commands, pages, rules
from .subjects import ROLLS


class SendRoll(forms.Form):
    """The file as the office keeps it, and the day that it speaks of."""

    body = forms.FileField(label=_("名册文件"), max_length=1000, widget=forms.ClearableFileInput(attrs={"accept": ".csv,.parquet,.xlsx", "class": "drop"}))
    as_of = forms.DateField(label=_("截至哪一天"), help_text=_("名册说的是哪一天的情况。"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def clean(self):
        """Hand on the file under the name that the browser gave."""
        data = super().clean()
        sent = data.get("body")
        self.fields["body"].help_text = ""
        if sent is not None and sent.size > rules.MOST_MB << 20:
            self.add_error("body", _("文件超过 %(mb)s MB,请按县(区)或按乡镇拆成几份。") % {"mb": rules.MOST_MB})
        elif sent is not None:
            data["name"] = sent.name
        return data


@page("labour/rolls/", Duty.LOAD_LABOUR, name="rolls")
def rolls(request):
    """What my unit sent, and the form to send another."""
    form = SendRoll(request.POST or None, request.FILES or None, initial={"as_of": request.day})
    if form.is_valid() and act(request, form, commands.send_roll):
        return redirect("labour:roll_file", form.answer.pk)
    found = {"form": form, "page": page_of(request, rules.visible_rolls(request.user), per_page=20), "most": rules.MOST_MB, "must": LABOURERS.required,
             "may": [one.name for one in LABOURERS.kept if not one.required]}  # fmt: skip
    return render(request, "labour/rolls/list.html", found, status=422 if form.is_bound else 200)


@page("labour/rolls/<uuid:roll_id>/", Duty.LOAD_LABOUR, template="one", of=ROLLS, fresh=True, name="roll_file")
def roll(request, found):
    """One file: how far it is, what was said of which row, what came of it."""
    legal, _not_now = legal_and_not(ROLLS, request.user, found, request.at)
    refused = page_of(request, pages.Refused(found), per_page=40)
    return {"page": refused, "said": pages.said(found), "counted": pages.counted(found), "legal": {one.name for one in legal}, **_far(found, request.at)}


@page("labour/rolls/<uuid:roll_id>/progress/", Duty.LOAD_LABOUR, template="progress", of=ROLLS, fresh=True, name="roll_progress")
def progress(request, found):
    """How far the work is, asked every two seconds; when it is over the page comes anew."""
    return _far(found, request.at) if rules.is_running(found, request.at) else HttpResponseClientRefresh()


@page("labour/rolls/<uuid:roll_id>/resume/", Duty.LOAD_LABOUR, name="roll_resume", of=ROLLS, sends=True)
def resume(request, found):
    """Go on with work that stopped half-way."""
    if rules.is_silent(found, request.at):
        commands.start(found)
    return redirect("labour:roll_file", found.pk)


def _far(found, at):
    return {"roll": found, "running": rules.is_running(found, at), "silent": rules.is_silent(found, at), "doing": pages.DOING.get(found.doing, pages.DOING["cut"])}
