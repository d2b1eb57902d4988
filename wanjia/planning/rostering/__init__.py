"""Rostering of school guard posts (护学岗排班), a pure package.

Read in this order: `problem` (the nouns), `check` (the referee), `reading` (JSON), `parts`, `model`, `relaxation`,
`solve`, `stability`, then `explain`, `swap`, `repair`, `paper`, `cli`. `clerk` is the greedy fallback and `example` makes
counties up.
"""
