"""Import over HTTP: the same three steps, for the same people."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wanjia.registry.models import Household

from .test_importing_pages import bad, csv, good

pytestmark = pytest.mark.django_db


def test_send_look_confirm(world, client):
    client.force_login(world.clerk)
    sent = client.post("/api/uploads", {"template": "household", "workbook": SimpleUploadedFile("户.csv", csv(good(), bad()))})
    assert sent.status_code == 200, sent.content
    upload = sent.json()
    assert (upload["state"], upload["rows_ok"], upload["forecast"]["counts"]["households_new"]) == ("judged", 1, 1)
    address = f"/api/uploads/{upload['id']}"
    assert [row["code"] for row in client.get(f"{address}/verdicts").json()] == ["id.checksum"]
    assert client.post(f"{address}/marked").content[:2] == b"PK"
    assert client.post(f"{address}/confirm", content_type="application/json").json()["state"] == "applied"
    assert Household.objects.filter(number="H001").exists()
    assert client.post(f"{address}/cancel").status_code == 403
    client.force_login(world.stranger)
    assert client.get(address).status_code == 404
    client.force_login(world.li)
    assert client.get("/api/uploads").status_code == 403
