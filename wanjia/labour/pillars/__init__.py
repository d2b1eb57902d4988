"""The page's four pillars and five methods as tags (B5, B8): each mechanism hangs under a pillar, with what is counted of it. Data: policy/labour_pillars.toml."""
