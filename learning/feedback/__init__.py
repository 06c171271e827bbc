"""Feedback on sessions and an event: asked once each of those registered, of nobody once it is given.

``asking`` says what is asked and until when, ``answering`` takes a sheet, ``results`` shows what at least
five people answered together. That somebody answered, and what was answered, are two rows that nothing joins.
"""
