"""The catalogue of pages, and what every page keeps."""
