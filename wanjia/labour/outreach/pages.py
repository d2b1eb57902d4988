"""Where the acts of outreach lead on, and what they say afterwards."""

from django.shortcuts import redirect
from django.utils.translation import ngettext


def to_outreach(_request, _vacancy, outreach):
    """To the list of who would be told."""
    return redirect("labour:outreach", outreach.pk)


def sent_words(outreach):
    """Say how many were told."""
    return ngettext("告诉 %(n)s 个人。联系一个记一个。", "告诉 %(n)s 个人。联系一个记一个。", outreach.reached) % {"n": outreach.reached}
