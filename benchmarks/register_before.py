"""How a person was sealed and written before ADR 118: what `bench_register` measures beside."""

import os
from unittest.mock import patch


def _key_before(name):
    from django.conf import settings

    from wanjia.sealing import keys

    os.stat(settings.WANJIA_KEYRING)
    key = keys.ring()["keys"][name]
    return key["suite"], bytes.fromhex(key["secret"])


def encrypt_before(text, place):
    """Seal one value as before ADR 118: every value asks the file and builds its cipher."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from wanjia.sealing import keys

    name = keys.ring()["current"]
    _suite, secret = _key_before(name)
    nonce = os.urandom(keys.NONCE_BYTES)
    return name.encode() + b":" + nonce + AESGCM(secret).encrypt(nonce, text.encode(), place.encode())


def blind_before(domain, canonical, name=None):
    """Index one value as before ADR 118."""
    from cryptography.hazmat.primitives import hmac

    from wanjia.sealing import keys

    name = name or keys.ring()["index"]
    suite, secret = _key_before(name)
    mac = hmac.HMAC(secret, keys.DIGESTS[suite]())
    mac.update(f"{domain}|{canonical}".encode())
    return f"{name}:{mac.finalize().hex()}"


def write_before(model, rows):
    """Write rows as before ADR 118: each value prepared by itself, one INSERT for each row."""
    from django.db import connection, connections, models

    from wanjia.sealing.fields import BlindIndex, EncryptedText

    real, quote = connections[connection.alias], connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]

    def getter(field):
        own, name = isinstance(field, EncryptedText | BlindIndex), field.attname

        def get(row):
            value = row.__dict__.get(name)
            return value if not own and type(value) in (str, int, bool, type(None)) else field.get_db_prep_save(field.pre_save(row, True), real)

        return get

    getters = [getter(field) for field in fields]
    names = ", ".join(quote(field.column) for field in fields)
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"
    with patch("wanjia.sealing.keys.encrypt", encrypt_before), patch("wanjia.sealing.keys.blind", blind_before):
        values = [[get(row) for get in getters] for row in rows]
    with connection.cursor() as cursor:
        for start in range(0, len(values), 2000):
            cursor.executemany(statement, values[start : start + 2000])
