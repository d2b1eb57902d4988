"""Outreach (就业信息宣传、推送岗位, A19, A22): who of the register without work is told of a vacancy, why, and who is left out and why; seen before it leaves."""
