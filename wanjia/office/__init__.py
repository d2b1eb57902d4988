"""The running of an office: how it starts, is served, is watched, and what may be thrown away after a year.

Rooms, in the order to read them: starting (`wanjia init`, the office's own people and their first slips) · serving (`wanjia
serve`: whole requests only) · health (`wanjia doctor`, /healthz, /metrics, the watching page, the log without personal data) ·
pruning (`wanjia grew`, `wanjia prune`) · erasing · backing (backup and restore) · upgrading · moving (to PostgreSQL).
`places`, below them all: an empty database beside the living one. Nothing here reads the content of a need.
"""
