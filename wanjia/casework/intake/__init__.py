"""Intake (A26 困难诉求收集): a need is voiced, by whatever channel, on behalf of anyone, in under a minute."""
