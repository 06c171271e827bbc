"""What the site holds of people: named by each app, field by field, with what becomes of it and when."""
