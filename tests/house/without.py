"""Boot the house as the environment has it, on an empty database: check, migrate (once for the same migrations), plant one township, open every page as those who see most, and the desk as every role.

Run by test_without in a process of its own; `desks`: opens the desks alone. Prints {"pages": {address name: [status for each]}, "names": [all pages], "loaded": [modules of the apps left out],
"desk": [links of all desks], "imports": [names of the workbooks that can be brought in]}.
"""

import json
import os
import re
import sys

import django

ENDS = {"account_logout"}  # whoever opens it is nobody afterwards
WALKERS = ("village_worker", "ledger_office", "administrator", "auditor")


def main():
    """Print what was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests import template
    from wanjia.sealing import proof
    from wanjia.site.demo.world import build_world

    call_command("check")
    template.begin(connection)
    proof.first_set_up()
    build_world(townships=["细沙乡"])
    pages, links = _opened(_pages(), () if "desks" in sys.argv else WALKERS)
    without = os.environ.get("WANJIA_WITHOUT", "").split(",")
    loaded = [name for name in sys.modules for app in without if app and f"{name}.".startswith(f"wanjia.{app}.")]
    from wanjia.registry.importing.brought import imports

    print(json.dumps({"pages": pages, "names": sorted(_pages()), "loaded": loaded, "desk": sorted(links), "imports": sorted(imports())}))


def _pages():
    """Return {name: address} of every page that asks for no row."""
    from django.urls import get_resolver, reverse

    found = []

    def walk(patterns, space=""):
        for one in patterns:
            if hasattr(one, "url_patterns"):
                walk(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
            elif one.name and one.name not in ENDS and not one.pattern.converters and not space.startswith("api"):
                found.append(space + one.name)

    walk(get_resolver().url_patterns)
    return {name: reverse(name) for name in found}


def _opened(addresses, walkers):
    from django.test import Client

    from wanjia.orgs.models import Post
    from wanjia.orgs.roles import Role

    pages, links = {}, set()
    for role in Role:
        post = Post.objects.filter(role=role).order_by("user__username").first()
        if post is None:
            continue
        client = Client()
        client.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
        for name, address in addresses.items() if role in walkers else [("desk", addresses["desk"])]:
            answer = client.get(address)
            pages.setdefault(name, []).append(answer.status_code)
            if name == "desk":
                links |= set(re.findall(r'href="(/[^"?#]*)', answer.content.decode()))
    return pages, links


if __name__ == "__main__":
    main()
