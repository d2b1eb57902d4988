"""What every test shares: a private var folder, a fast password hasher, triggers that survive the flush."""

import os
import tempfile

_VAR = tempfile.mkdtemp(prefix="wanjia-test-")
os.environ["WANJIA_VAR"] = _VAR
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
os.environ.setdefault("WANJIA_SECRET_KEY", "only-for-tests")

import pytest  # noqa: E402


@pytest.fixture(autouse=True, scope="session")
def fast_passwords():
    """Argon2 costs a quarter of a second a hash: tests use a hasher that is fast and worthless."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def races(transactional_db):
    """Real transactions for tests with threads. Triggers are lifted before the tables are flushed, then laid anew."""
    from wanjia.kernel import triggers

    triggers.lay()
    yield
    triggers.lift()
