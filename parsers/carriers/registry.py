"""Every carrier there is. A new one is a module with a `CARRIER` and a line here."""

from parsers.carriers import archive, doc, docx, html, mhtml, pdf, rtf, scan, spreadsheet, text

CARRIERS = (
    html.CARRIER,
    text.CARRIER,
    docx.CARRIER,
    pdf.CARRIER,
    scan.CARRIER,
    doc.CARRIER,
    rtf.CARRIER,
    spreadsheet.CARRIER,
    mhtml.CARRIER,
    archive.CARRIER,
)
