"""Import: a workbook as the office keeps it → each row's verdict in place → confirm → rows. Nothing is half-written.

brought    what can be brought in: each app brings its workbooks whole (IMPORTS)
world      what the judge may know, from the database
queries    progress, verdicts, what an office confirmed
commands   receive, judge, forecast, confirm, cancel; the writing in chunks is `registry.applying`
progress   whether somebody is at work on it; resuming: take up what stopped half-way
"""
