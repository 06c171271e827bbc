"""Comments as everybody reads them: threads, words, feeds."""
