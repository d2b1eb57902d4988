"""The image is really built, and an office is opened, served, examined and backed up in it (`make prove-image`).

buildah takes its store and its isolation from the environment (CONTAINERS_STORAGE_CONF, BUILDAH_ISOLATION=chroot), so this runs as root in a
container too; the base image is fetched, or lies in the store. WANJIA_IMAGE names one that stands already: then nothing is built.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
import yaml

from .test_deploy import free_port

HOUSE = Path(__file__).resolve().parents[2]
SOURCE = "/opt/wanjia/source"
pytestmark = [pytest.mark.proof, pytest.mark.skipif(shutil.which("buildah") is None, reason="buildah is not installed: apt-get install buildah")]


def buildah(*words, check=True, **more):
    done = subprocess.run(["buildah", *words], capture_output=True, text=True, **more)
    assert done.returncode == 0 or not check, done.stdout[-3000:] + done.stderr[-3000:]
    return done


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """What git keeps, and beside it what lies about in a folder that was worked in: none of that may come into the image."""
    folder = tmp_path_factory.mktemp("image") / "source"
    subprocess.run(["git", "clone", "-q", str(HOUSE), str(folder)], check=True)
    for name in ("deploy/.env", "var/keyring.json", ".venv/bin/python", "wanjia/site/left.sqlite3", "node_modules/left", "wanjia.env"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("POSTGRES_PASSWORD=must-not-be-in-the-image\n")
    return folder


@pytest.fixture(scope="module")
def image(source):
    if given := os.environ.get("WANJIA_IMAGE"):
        return given
    base = "docker.io/library/debian:bookworm-slim"
    if buildah("from", "--pull", "--name", "wanjia-base", base, check=False).returncode:
        pytest.skip(f"no registry and no {base} in buildah's store")
    buildah("rm", "wanjia-base")
    buildah("bud", "--layers", "-f", "deploy/Containerfile", "-t", "wanjia-proof", ".", cwd=source)
    return "localhost/wanjia-proof"


@pytest.fixture(scope="module")
def office(image, tmp_path_factory):
    """A container of the image with an empty volume that is handed to its account, as podman and docker hand it."""
    name = buildah("from", "--pull-never", image).stdout.strip()
    volume = tmp_path_factory.mktemp("volume")

    def words(*order, env=()):
        return ["run", *(f"--env={one}" for one in env), "--volume", f"{volume}:/var/lib/wanjia", name, "--", *order]

    user, group = (int(buildah(*words("id", flag)).stdout) for flag in ("-u", "-g"))
    assert user and group  # nobody's root
    volume.chmod(0o700)
    os.chown(volume, user, group)
    for folder in volume.parents[:2]:  # pytest's own folders are root's alone
        folder.chmod(0o755)
    yield words
    buildah("rm", name)


def test_the_image_holds_the_office_and_nothing_secret(office):
    listed = buildah(*office("find", SOURCE, "/var/lib/wanjia", "-not", "-path", f"{SOURCE}/.venv/*")).stdout.split()
    assert f"{SOURCE}/wanjia/site/cli.py" in listed
    assert any(one.startswith(f"{SOURCE}/wanjia/site/static/built/app.") for one in listed)
    assert f"{SOURCE}/wanjia/site/locale/en/LC_MESSAGES/django.mo" in listed
    names = {Path(one).name for one in listed}
    assert names.isdisjoint({".git", ".env", "wanjia.env", "keyring.json", "left.sqlite3", "secret_key", "node_modules", "tests", "build", "var"}), listed[:50]
    assert [one for one in listed if one.startswith("/var/lib/wanjia/")] == []
    assert buildah(*office("grep", "-rls", "must-not-be-in-the-image", SOURCE), check=False).stdout == ""
    assert buildah(*office("sh", "-c", f"find {SOURCE} -writable -not -type l | head -3")).stdout == ""  # the office cannot change its own program
    assert buildah(*office("stat", "-c", "%U %a", "/var/lib/wanjia")).stdout.split() == ["wanjia", "700"]
    settings = json.loads(buildah("inspect", "--type", "image", os.environ.get("WANJIA_IMAGE", "localhost/wanjia-proof")).stdout)["OCIv1"]["config"]
    assert settings["User"] == "wanjia" and settings["Cmd"] == ["wanjia", "serve", "--bind", "0.0.0.0:8000"]


def until_it_answers(probe, serving, tries=240):
    for _turn in range(tries):
        if not (done := buildah(*probe, check=False)).returncode:
            return
        assert serving.poll() is None
        time.sleep(1)
    raise AssertionError(done.stderr)


def test_an_office_opens_serves_and_is_backed_up_in_the_image(office):
    """The lines of the compose file: its init, its server, its probe, its night. With DATABASE_URL given, PostgreSQL holds it."""
    services = yaml.safe_load((HOUSE / "deploy/compose.yaml").read_text())["services"]
    url, port = os.environ.get("DATABASE_URL", ""), free_port()
    env = [*([f"DATABASE_URL={url}"] if url else []), "WANJIA_HOST=wanjia.example.org", "WANJIA_PROXIES=172.30.0.4"]
    init = 'wanjia init --no-input --county 永善县 --host "$WANJIA_HOST" --database "$DATABASE_URL" --admin-name 王安全 --auditor-name 李审计'
    assert "otpauth://" in buildah(*office("sh", "-c", init, env=env)).stdout
    serving = subprocess.Popen(["buildah", *office("wanjia", "serve", "--bind", f"127.0.0.1:{port}", env=env)], start_new_session=True)
    try:
        probe = [one.replace(":8000", f":{port}") for one in services["office"]["healthcheck"]["test"][1:]]
        until_it_answers(office(*probe), serving)
        found = json.loads(buildah(*office("wanjia", "doctor", "--json", env=env), check=False).stdout)["findings"]
        assert [one for one in found if one["level"] == "red"] == []
        night = services["nightly"]["command"][-1].removeprefix("while :; do ").partition("; sleep")[0]
        assert night.count("wanjia ") == 3
        buildah(*office("sh", "-ec", night, env=env))
        assert buildah(*office("sh", "-c", "find /var/lib/wanjia -perm /077 -not -path '*/.cache*'")).stdout == ""
        until_it_answers(office(*probe), serving, tries=3)  # as often as compose asks before it calls it unhealthy
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(serving.pid, signal.SIGTERM)
        serving.wait(timeout=120)
