"""The nine printed papers and the monthly notice: entered once, printed in every form, a number and a journal line each."""
