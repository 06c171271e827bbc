"""What all apps share: it knows no app, and names no thing of a community or an event."""
