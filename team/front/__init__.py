"""The team's first page: what waits for whom, how the next event fills, what colleagues did last."""
