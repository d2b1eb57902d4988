"""The doors to an act, made from its declaration (wanjia.kernel.acts). Read in this order:

asking  what is asked, as a form on a page and as the body of a call
pages   the page of one act, its address and its button; queues, and views of one row
calls   the call of one act over HTTP, and of a list, in the house's one dialect (dialect)
lists   a list and its rows without a design of their own, and the addresses of an app that is all declared
guard   who may open a view; listing cuts lists into pages; words and terminal set what is said
"""
