"""Workbooks written part by part, to say just what stands in them."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(**parts: str | bytes) -> bytes:
    """Return an archive; a part's name has __ for each slash."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def relations(**targets: str) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{KINDS}/{target.partition(" ")[0]}"'
        f' Target="{target.partition(" ")[2]}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def xlsx(
    *sheets: str, states: dict[int, str] | None = None, formats: tuple[str, ...] = (), strings: str = ""
) -> bytes:
    """Return a workbook of these ``sheetData`` (and what follows it); style n shows the n-th format."""
    names = "".join(
        f'<sheet name="Day {n}" sheetId="{n}" r:id="s{n}" state="{(states or {}).get(n, "visible")}"/>'
        for n in range(1, len(sheets) + 1)
    )
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(formats, 1)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(1, len(formats) + 1))
    targets = {f"s{n}": f"worksheet worksheets/sheet{n}.xml" for n in range(1, len(sheets) + 1)}
    parts = {
        "_rels__.rels": relations(r1="officeDocument xl/workbook.xml"),
        "xl__workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}"><sheets>{names}</sheets></workbook>',
        "xl___rels__workbook.xml.rels": relations(
            **targets, st="styles styles.xml", sh="sharedStrings sharedStrings.xml"
        ),
        "xl__styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellStyleXfs>'
        f'<xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl__sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
    }
    for n, sheet in enumerate(sheets, 1):
        parts[f"xl__worksheets__sheet{n}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return zipped(**{name.replace("xl___rels__", "xl/_rels/"): part for name, part in parts.items()})


def data(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def row(number: int, *cells: str, more: str = "") -> str:
    """Return a row; a cell is a text, or the whole element."""
    written = [
        cell if cell.startswith("<c") else f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells
    ]
    return f'<row r="{number}"{more}>{"".join(written)}</row>'


def number(value: str, style: int) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def ods(*tables: str, styles: str = "") -> bytes:
    content = (
        f"<office:document-content {ODS}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": content})


def ods_table(name: str, *rows: str, more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{"".join(rows)}</table:table>'


def ods_row(*cells: str, more: str = "") -> str:
    written = [
        cell
        if cell.startswith("<table")
        else f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    ]
    return f"<table:table-row {more}>{''.join(written)}</table:table-row>"
