"""What is mailed for which cause, and what every email keeps."""
