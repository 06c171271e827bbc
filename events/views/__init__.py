"""The pages of events: what they are about, their programme, and registering for them."""
