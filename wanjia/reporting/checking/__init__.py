"""The parts of `wanjia check` that hold for every app: each population counted twice, each published notice from its rows."""
