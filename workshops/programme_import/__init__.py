"""A programme from a spreadsheet: read with its questions, looked at as a plan, then imported as a whole.

An import is a conversation. Whatever a programme leaves open (which sheet, what a column is, whether 09/12 is
in December, whether a row without a time is on demand) is a ``Question``: with a usual answer it is said in
the preview and can be changed there, without one it must be answered before anything is imported. Answers
are kept beside the file, never in it. The plan is made once to be looked at and once more under lock; it is
carried out only if both are the same. ``export`` writes a file that comes in again as it is.

No library reads the times: dateutil guesses without saying so, and 09/12/2026, 0930 and "9-10am" are what it
guesses at.
"""
