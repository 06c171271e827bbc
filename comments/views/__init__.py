"""The conversation's pages: leaving comments, what authors and guests do with theirs, reports, follows."""
