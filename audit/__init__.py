"""Who did what, to what, for whom and when: the trail that every act of a rule leaves in its own transaction.

The lowest app with a table. It knows no app above it: things and people are ids, which nothing points at.
"""
