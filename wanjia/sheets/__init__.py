"""Spreadsheets as offices keep them: read safely, judge row by row, mark, write back inert. Pure: no Django, and no app: what a workbook
holds, an app brings as a `Template` (columns of kinds, rules, sentences), and this interprets it.

    sheet = read_file(data, upload_name, template, remembered=mapping)     # reading.py   Sheet, or Rejection(code, detail)
    report = judge(sheet, template, world, each=stage_row)                 # judge.py     Report: outcome, rows, findings
    report.messages("zh"), report.mapping, report.accepted                 # report.py
    marked = mark_file(data, sheet, report)                                # marking.py   the workbook back, with comments

Read in this order: limits, codes, template · opening (what is it?), zipguard, package, cells, csvtext, headers, table: all
in the child process, which is sent the template as plain values (ADR 95) · reading (the parent) · values, dates, words, rules, judge,
report · marking, writing. The only package of ours that it imports is `wanjia.policy`, for the word of an erasure and what means "none".
"""
