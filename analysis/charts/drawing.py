"""A figure as the bytes of a file, drawn once."""

import io
from collections.abc import Mapping
from typing import Any

from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

_CANVASES: dict[str, type[FigureCanvasBase]] = {
    "svg": FigureCanvasSVG,
    "pdf": FigureCanvasPdf,
    "png": FigureCanvasAgg,
}


def drawn_as(suffix: str, figure: Figure, *, metadata: Mapping[str, Any], dpi: float = 0) -> bytes:
    """Return a figure as a file of a format holds it; the figure is afterwards as it was, but for its layout.

    `Figure.savefig` gives the same bytes where the layout is settled, and draws everything twice.

    Parameters
    ----------
    suffix : {"svg", "pdf", "png"}
        The format.
    figure : matplotlib.figure.Figure
        What a chart function returned.
    metadata : mapping
        As matplotlib takes it for the format.
    dpi : float
        Dots an inch of what is drawn in dots; 0 for those that the figure has.
    """
    file = io.BytesIO()
    canvas, own = figure.canvas, figure.dpi
    try:
        figure.dpi = dpi or own
        printed: Any = getattr(_CANVASES[suffix](figure), f"print_{suffix}")
        printed(file, metadata=dict(metadata))
    finally:
        figure.dpi = own
        figure.set_canvas(canvas)
    return file.getvalue()
