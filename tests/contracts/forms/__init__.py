"""The forms of the site, and what every form keeps."""
