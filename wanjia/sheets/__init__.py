"""Spreadsheets as offices keep them: read safely, judge row by row, mark, write back inert. Pure: no Django."""
