"""Customs (C20, C21): the frontage of homes with its three guarantees; weddings and funerals filed, never fined."""
