"""What is sent to people's calendars, by RFC 5545."""
