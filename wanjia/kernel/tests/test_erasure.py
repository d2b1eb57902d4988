"""Every field that can hold words says what an erasure does with it, and history has one door as wide as that."""

import pytest
from django.apps import apps
from django.db import models

from wanjia.kernel.erasure import Erasure, undeclared
from wanjia.kernel.models import Entry

OURS = [model for model in apps.get_models() if model.__module__.startswith("wanjia.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_of_words_is_declared_once(model):
    assert undeclared(model) == []


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (Erasure(), {"reason", "detail", "act"}),
        (Erasure(nobody="x", word=("reason",)), {"detail", "about"}),
        (Erasure(about={"*": ()}, word=("reason", "nothing"), kept={"reason": "x"}), {"reason", "nothing", "detail"}),
    ],
)
def test_a_forgotten_a_doubled_and_a_wrong_name_are_found(said, wrong):
    class Half:
        _meta = Entry._meta
        erasure = said

    assert wrong <= set(undeclared(Half))


def test_what_leads_to_a_row_is_a_field_of_a_model():
    for model in OURS:
        for label, paths in model.erasure.about.items() if hasattr(model, "erasure") else ():
            for path in [path for path in paths if path and label != "*"]:
                assert isinstance(model._base_manager.filter(**{path: None}), models.QuerySet) and apps.get_model(label)
