"""Spreadsheets as offices keep them: read safely, judge row by row, mark, write back inert. Pure: no Django.

    sheet = read_file(data, upload_name, HOUSEHOLDS, remembered=mapping)   # reading.py   Sheet, or Rejection(code, detail)
    report = judge(sheet, HOUSEHOLDS, world, each=stage_row)               # judge.py     Report: outcome, rows, findings
    report.messages("zh"), report.mapping, report.accepted                 # report.py
    marked = mark_file(data, sheet, report)                                # marking.py   the workbook back, with comments

Read in this order: limits, codes, templates · opening (what is it?), zipguard, package, cells, csvtext, headers, table: all
in the child process · reading (the parent) · values, dates, names, world, rules, judge, report · marking, writing.
The only package of ours that it imports is `wanjia.policy`, for numbers that identify.
"""
