"""The confirmed rows of an upload become rows of the register, chunk by chunk; what goes before is `registry.importing`.

commands   one chunk after the other, then the end
jobs       long work in a process of its own, judging and writing alike: what goes on after each act on an upload (AFTER_UPLOADS)
"""
