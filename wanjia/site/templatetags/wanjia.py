"""Template words of the house. They are builtins: no page needs to load them. docs/pages.md shows each in use."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.forms import CheckboxInput, CheckboxSelectMultiple, ClearableFileInput, PasswordInput, RadioSelect, Select
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wanjia.doors import drawing
from wanjia.doors import several as doors_several
from wanjia.doors import words as kernel_words
from wanjia.kernel.brings import ranked
from wanjia.kernel.privacy import mask_name
from wanjia.policy import money
from wanjia.site import maps

register = template.Library()
MANIFEST = Path(__file__).resolve().parents[1] / "static" / "built" / "manifest.json"


@cache
def _manifest(changed):
    return json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {}


def _changed():
    """When the assets were built; only where one develops is the disk asked again."""
    return MANIFEST.stat().st_mtime_ns if settings.DEBUG and MANIFEST.exists() else 0


@register.simple_tag
def built(name):
    """Return the address of a built asset; its digest is part of its name."""
    return static(f"built/{_manifest(_changed()).get(name, name)}")


@register.simple_tag
def icon(name):
    """Draw an icon of assets/icons.txt. It is decoration: the words beside it carry the meaning."""
    return _icon(name, _changed())


@cache  # a page draws fifty, out of as many as icons.txt names
def _icon(name, _at):
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', built("icons.svg"), name)


@register.simple_tag
def pill(value, words="", kind="pill"):
    """Show a state in its words and tone: {% pill need.state need.get_state_display %}; or something in a tone: {% pill "orange" words %}."""
    return drawing.pill(value, words, kind)


@register.simple_tag(takes_context=True)
def beside(context, gap, about=None):
    """Draw what the apps above bring to a gap of this page, '' for nothing: {% beside "home" home %}."""
    request, drawn = context["request"], []
    for one in ranked("BESIDE"):
        facts = one.facts(request, about) if one.gap == gap else None
        if facts is not None:
            with context.push(**facts):
                drawn.append(context.template.engine.get_template(one.template).render(context).strip())
    return mark_safe("".join(drawn))


@register.simple_tag(takes_context=True)
def days_left(context, due, finished=None):
    """Say in words how many working days are left: 还剩 2 个工作日 / 今天到期 / 超期 1 天; past the published calendar 暂定.

    due: a date or None; finished: the day the matter ended, after which no clock runs.
    """
    frame = context["frame"]
    return drawing.days_left(frame.calendar, frame.today, due, finished)


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """Return the address's query string with some words changed: {% query page=2 sort=None %}. None takes a word out."""
    asked = context["request"].GET
    if not asked:  # the commonest; a page with tabs asks twenty times, and a copy goes deep
        return "?" + urlencode({name: value for name, value in changes.items() if value not in (None, "")})
    asked = asked.copy()
    for name, value in changes.items():
        if value in (None, ""):
            asked.pop(name, None)
        else:
            asked[name] = value
    return "?" + asked.urlencode()


@register.simple_tag(takes_context=True)
def heading(context, word, words, css=""):
    """A table heading that sorts: {% heading "due" _("期限") %}. The page's `sort` says what is in force."""
    now = getattr(context.get("page"), "sort", "")
    turned = f"-{word}" if now == word else word
    direction = {word: "ascending", f"-{word}": "descending"}.get(now, "")
    # By hand, as the options above: a list has six.
    return format_html(
        '<th scope="col"{}{}><a href="{}"{}>{}{}</a></th>',
        format_html(' class="{}"', css) if css else "", format_html(' aria-sort="{}"', direction) if direction else "",
        query(context, sort=turned, page=None), mark_safe(' aria-current="true"') if direction else "", words,
        icon("arrow-up" if direction == "ascending" else "arrow-down") if direction else "",
    )  # fmt: skip


@register.inclusion_tag("parts/pages.html", takes_context=True)
def pages(context, page):
    """The line under a list: how many, which page, to the next."""
    word = getattr(page, "word", "page")
    at = "" if word == "page" else f"#{word}"  # one list of several: the reader comes back to it

    def to(number):
        return query(context, **{word: number}) + at

    return {
        "page": page,
        "earlier": to(page.previous_page_number()) if page.has_previous() else None,
        "later": to(page.next_page_number()) if page.has_next() else None,
    }


@register.inclusion_tag("parts/field.html")
def field(bound, autofocus=False):
    """One field of a form: label, control, help, errors as sentences."""
    widget = bound.field.widget
    attrs = {"autofocus": True} if autofocus else {}
    secret = isinstance(widget, PasswordInput)
    if secret:
        attrs["data-secret"] = True  # it is one while it is shown, too
    choices = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    tick = isinstance(widget, CheckboxInput)
    if not (choices or tick):
        own = widget.attrs.get("class", "")
        attrs["class"] = f"{own} {'form-select' if isinstance(widget, Select) else 'form-control'}".strip()
    if tick:
        attrs["class"] = "form-check-input"
    if isinstance(widget, ClearableFileInput) and widget.attrs.get("accept") is None:
        attrs["accept"] = ".jpg,.jpeg,.png,.pdf,.docx,.xlsx"
    return {"field": bound, "control": None if choices else bound.as_widget(attrs=attrs), "choices": choices, "tick": tick, "secret": secret}


@register.inclusion_tag("parts/form.html", takes_context=True)
def form_body(context, form):
    """A whole form's inside: csrf token, key, the form's own errors, every field."""
    return {"form": form, "csrf_token": context.get("csrf_token"), "fresh_key": context["fresh_key"], "request": context.get("request")}


@register.inclusion_tag("parts/sent.html", takes_context=True)
def sent(context, form=None):
    """What every form that acts must carry: csrf token and key. The key stays the same when the form comes back with an error."""
    request = context.get("request")
    kept = request.POST.get("key") if request is not None and form is not None and form.is_bound else None
    return {"csrf_token": context.get("csrf_token"), "key": kept or context["fresh_key"](), "drafted": _drafted(form)}


OF_A_CHILD = ("is_protected", "involves_child", "young")  # a child itself, a need that one is part of, a benefit of one


def _drafted(form):
    """Tell whether what is typed into a form may be kept on the device until it is sent: not what is noted about a child."""
    act, row = getattr(form, "act", None), getattr(form, "row", None)
    return (act is None or act.subject.drafts) and not any(getattr(row, name, False) for name in OF_A_CHILD)


@register.inclusion_tag("parts/several.html", takes_context=True)
def several(context, name, *others):
    """The bar under a list whose rows have boxes named "rows": {% several "app:key_several" words address … %}. It stands in a form.

    others: pairs of words and address that the ticked rows are sent to besides.
    """
    offered = [one for one in doors_several.acts_of_page(name) if context["request"].user.has_duty(*one.duty)]
    return {"acts": offered, "address": reverse(name), "here": context["request"].get_full_path(), "others": list(zip(others[::2], others[1::2]))}


@register.inclusion_tag("parts/map.html")
def tile_map(code, values, words=""):
    """Draw the schematic map of an area's children.

    code: "530625…" or "5306…"; values: {child code: {"value": number or None, "shown": text, "url": address}}.
    """
    return {**maps.drawing(code, values), "words": words}


@register.simple_tag
def bar(part, whole, tone=""):
    """A thin bar: `part` of `whole`. The figure itself always stands beside it in words."""
    share = 100 * part / whole if whole else 0
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="4"></rect><rect width="{}" height="4"></rect></svg>', tone, f"{min(share, 100):.1f}",
    )  # fmt: skip


@register.simple_tag
def stacked(parts):
    """One bar of several parts, each as long as its share: [{"n", "heat"}]. The numbers stand beside it in words."""
    whole, drawn, at = sum(part["n"] for part in parts) or 1, [], 0.0
    for part in parts:
        drawn.append((f"{at:.2f}", f"{100 * part['n'] / whole:.2f}", part["heat"]))
        at += 100 * part["n"] / whole
    rects = format_html_join("", '<rect x="{}" width="{}" height="4" class="heat-{}"></rect>', drawn)
    return format_html('<svg class="stacked" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">{}</svg>', rects)


@register.filter
def number_to(n, address):
    """A number that leads to its rows, or the number alone for whoever may not open them."""
    return format_html('<a href="{}">{}</a>', address, n) if address else n


@register.filter
def get(mapping, key):
    """Look a key up in a mapping."""
    return mapping.get(key) if mapping else None


@register.simple_tag
def address_of(name, *args):
    """Return the address of a page that may not exist yet: {% address_of "registry:household" id as home %}; '' without it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def plain_control(bound):
    """Draw a filter's control alone; its label stands beside it in the template."""
    if not isinstance(bound.field.widget, Select):
        return bound.as_widget(attrs={"class": "form-control"})
    # By hand: a widget's own template costs more than the whole list below it when there are many units to choose from.
    options = options_of(bound.field.choices, bound.value())
    return format_html('<select name="{}" id="{}" class="form-select">{}</select>', bound.html_name, bound.id_for_label, options)


@register.simple_tag
def options_of(choices, chosen):
    """Draw the options of a select: {% options_of villages village %}, of pairs (value, words)."""
    chosen = str(chosen or "")
    pairs = ((str(value), escape(words)) for value, words in choices)
    drawn = (f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{words}</option>' for value, words in pairs)
    return mark_safe("".join(drawn))


@register.filter
def moments(times):
    """Say several moments in one sentence: 2026-11-26 17:36、2026-11-26 17:34."""
    return _("、").join(f"{localtime(at):%Y-%m-%d %H:%M}" for at in times)


@register.filter
def span(from_on, to_on):
    """Say a span of days: 2026-10-12 – 2026-12-01; of one without an end, since when: 2026-10-12 起."""
    return f"{from_on:%Y-%m-%d} – {to_on:%Y-%m-%d}" if to_on else _("%(day)s 起") % {"day": f"{from_on:%Y-%m-%d}"}


@register.filter
def masked(name):
    """Show a name as lists show it: 李*明."""
    return mask_name(name or "")


@register.filter
def said(thing):
    """What a thing from a data file is called in the reader's language."""
    return kernel_words.said(thing)


@register.filter
def kin(word):
    """A relation to the head as the register has it, in the reader's language; one that nobody translated stays as it was written."""
    return _(word) if word else word


@register.filter
def has_duty(user, duty):
    """Tell whether a user holds a duty: {% if user|has_duty:"record_needs" %}."""
    return user.is_authenticated and user.has_duty(duty)


@register.filter
def yuan(fen):
    """Show fen as yuan: 350 is 3.50."""
    return money.yuan(fen or 0)
