"""Who gets what: the allocation engine (分配引擎).

Read problem.py (what is asked), solve.py and plain.py (the answer and its gap), check.py (the referee, no code shared with the
solver), explain.py (why this one); then how it is found: core.py, levels.py, kernels.py, blocks.py (two threads), sweeps.py,
merge.py (equal lots), exact.py and proof.py; rules beyond matching: rules.py, families.py, mip.py; a day later: standing.py and
replan.py. Claimants and lots as columns: codes.py, market.py, columns.py and texts.py (tables), candidates.py and buckets.py
(who may take what), check_market.py, shut_out.py. Past one process: shards.py (what a shard answers), crew.py (who asks it),
shard_market.py (the coordinator), ray_market.py, shard_cli.py. warming.py loads what is compiled; worlds.py invents problems.
"""
