"""Every renderer there is. A new one is a module with a `Renderer` and a line here."""

from tests.torture.renderers import doc, docx, html, pdf, pdf_office, scan, text, xlsx

RENDERERS = {
    renderer.name: renderer
    for renderer in (
        html.RENDERER,
        text.RENDERER,
        docx.RENDERER,
        doc.RENDERER,
        xlsx.RENDERER,
        pdf.RULED,
        pdf.BORDERLESS,
        pdf_office.RENDERER,
        scan.RENDERER,
    )
}
