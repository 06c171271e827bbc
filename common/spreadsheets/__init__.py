"""Tables as people have them (CSV, XLSX, ODS), read as a stream within bounds, with rows under headings.

``tables.read_table`` reads CSV in any Unicode (else it is taken for Windows-1252, and that is said), XLSX and
ODS. A *grid* says what stands where, a *table* which column is which; what the file leaves open (further
sheets, hidden rows, headings nobody knows) is on the table, and ``Choices`` say how it was decided.

No file decides how long a worker is busy: a workbook is read by Python's own expat, each piece counted
(bytes, marks, cells, characters, styles) before it is parsed. That is why no library reads them: openpyxl
holds all shared strings and styles before the first cell can be counted, and its quick mode does not say
which rows are hidden; calamine makes a cell of everything inside the dimensions.
"""
