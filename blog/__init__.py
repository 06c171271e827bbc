"""Posts: written, reviewed, scheduled, published, withdrawn; and read, searched, subscribed to."""
