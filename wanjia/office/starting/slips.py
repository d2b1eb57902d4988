"""First sign-in slips: what one person needs to sign in for the first time, on paper with cut lines. Shown once, kept nowhere in us."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import segno
from django.conf import settings
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Slip:
    """What stands on one slip. totp: the secret of a second factor set up already; recovery: its recovery codes."""

    username: str
    name: str
    unit: str
    role: str
    password: str
    totp: str = ""
    recovery: tuple = ()

    @property
    def otpauth(self):
        """The address that a code app reads, or ""."""
        issuer = quote(str(settings.MFA_TOTP_ISSUER))
        return f"otpauth://totp/{issuer}:{self.username}?secret={self.totp}&issuer={issuer}" if self.totp else ""

    @property
    def picture(self):
        """The same as a picture for paper."""
        return segno.make(self.otpauth, error="m").svg_inline(scale=2) if self.totp else ""

    def lines(self):
        """Yield the slip as lines for a terminal."""
        yield f"{self.name} · {self.unit} · {self.role}"
        yield f"  账号 / account: {self.username}   初始密码 / first password: {self.password}"
        if self.totp:
            yield f"  动态口令 / code app: {self.otpauth}"
            yield f"  备用码 / recovery codes: {' '.join(self.recovery)}"

    def as_json(self):
        """The slip as plain values."""
        return {"username": self.username, "name": self.name, "unit": self.unit, "role": self.role, "password": self.password,
                "otpauth": self.otpauth, "recovery_codes": list(self.recovery)}  # fmt: skip


def slip_of(user, password, totp=""):
    """Return the Slip of an account that was just opened."""
    from allauth.mfa.models import Authenticator

    post = user.posts.select_related("organisation").order_by("-from_on").first()
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first() if totp else None
    codes = tuple(kept.wrap().get_unused_codes()) if kept else ()
    unit, role = (post.organisation.name, post.get_role_display()) if post else ("", "")
    return Slip(user.username, user.name, unit, str(role), password, totp, codes)


def drawn_in_terminal(slip):
    """Return the code app's picture as text of a terminal."""
    import io

    out = io.StringIO()
    segno.make(slip.otpauth, error="l").terminal(out, compact=True)
    return out.getvalue()


def page(slips, address):
    """Return the A4 page with a cut line round every slip."""
    return render_to_string("office/slips.html", {"slips": slips, "address": address})


def write(slips, address, path):
    """Write the slips as a page (.html) or as paper (.pdf), mode 0600; return the path that was written."""
    path = Path(path)
    body = page(slips, address)
    data = paper(body) if path.suffix.lower() == ".pdf" else body.encode()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    return path


def paper(body):
    """Return the page of slips as PDF bytes."""
    import weasyprint  # slow to load: only who prints waits for it

    return weasyprint.HTML(string=body, url_fetcher=_nothing).write_pdf()


def _nothing(url, *_more, **_options):
    raise ValueError(url)
