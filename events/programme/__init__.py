"""The public programme of an event, read: sessions by day and time, filters, what is shared by all."""
