"""Tables as people have them (CSV, XLSX, ODS), read as a stream within bounds, with rows under headings."""
