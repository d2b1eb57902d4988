"""Relations to the head of a home are read in the reader's language."""

from django.utils.translation import override

from wanjia.site.templatetags.wanjia import kin


def test_kinship_speaks_the_readers_language():
    with override("en"):
        assert [kin(word) for word in ("户主", "配偶", "堂侄", "")] == ["Head", "Spouse", "堂侄", ""]
    assert kin("户主") == "户主"
