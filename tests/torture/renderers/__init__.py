"""Every renderer there is. A new one is a module with a `RENDERER` and a line here."""

from tests.torture.renderers import html, text

RENDERERS = {
    renderer.name: renderer
    for renderer in (
        html.RENDERER,
        text.RENDERER,
    )
}
