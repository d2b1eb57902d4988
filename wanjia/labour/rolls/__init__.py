"""Files of labourers that are sent by a page: judged by a process of its own, looked at row by row, confirmed, loaded; stopped at any time. Loading itself is ../loading."""
