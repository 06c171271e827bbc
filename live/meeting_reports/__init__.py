"""Who was in a meeting, by the report that Zoom or Teams writes of it: read, matched, looked at, taken.

``reading`` makes stays of a file (who, from when until when), ``matching`` says whose of those with a place
each is, ``plan`` what taking the report would change, and ``taking`` does it if it is still that. Names and
addresses of a report stand in the file alone: it waits for a day at most, then it is gone, and so is whoever
in it is nobody of ours.
"""
