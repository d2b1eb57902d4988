"""An app of the tests that plans: 别名 of an area, two hundred a version. It is installed by WANJIA_WITH=tests.planner in processes that are killed."""
