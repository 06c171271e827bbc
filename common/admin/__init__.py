"""What every page of the admin shares: looking up, fields, heads of records, saving through rules."""
