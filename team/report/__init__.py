"""The report of an event: figures, each with its table, its picture and what it counts in a sentence."""
