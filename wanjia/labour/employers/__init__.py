"""Employers (用工单位): who they are, the five criteria borne out by evidence of two people, what was complained of. Read rules, standing, commands."""
