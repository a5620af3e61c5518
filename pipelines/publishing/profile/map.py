"""The tile grid on a map, where the office has boundaries: the same shades, withheld areas hatched."""

from dataclasses import replace

import altair as alt

from pipelines.publishing.profile.boundaries import Shape, middle
from pipelines.publishing.profile.model import Tile, Tiles
from pipelines.publishing.profile.theme import INK, QUIET, SHADES, data, svg_of

NAME, WIDTH, HEIGHT = "peta", 340, 260
HATCH = "url(#peta-arsir)"
PATTERN = (
    '<defs><pattern id="peta-arsir" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#fff"/><rect width="2" height="6" fill="#c3cad4"/></pattern></defs>'
)
MOST_LABELS = 60  # more would cover each other
DARK = 3  # the last shade on which dark letters are read
NO_CODES = "Peta belum dapat digambar: areas.geojson tidak memuat kode RT rilis ini pada properti code."


def on_map(tiles: Tiles, shapes: dict[str, list[Shape]]) -> Tiles:
    """The tiles with a map, if any area has a shape; areas without one are named below it."""
    if not shapes:
        return tiles
    everyone = [tile for _, members in tiles.groups for tile in members]
    drawn = [tile for tile in everyone if tile.figure.area in shapes]
    if not drawn:
        return replace(tiles, notes=(*tiles.notes, NO_CODES))
    missing = [f"{tile.title} ({tile.figure.text})" for tile in everyone if tile not in drawn]
    notes = (f"Tanpa batas di peta: {'; '.join(missing)}.",) if missing else ()
    said = "; ".join(f"{tile.title} {tile.figure.text}" for tile in everyone)
    return replace(tiles, notes=(*tiles.notes, *notes), svg=_draw(drawn, shapes), alt=f"Peta {tiles.title}: {said}.")


def _draw(tiles: list[Tile], shapes: dict[str, list[Shape]]) -> str:
    features = [
        {"type": "Feature", "geometry": shape, "properties": {}, "fill": _fill(tile.shade), "dash": tile.shade < 0}
        for tile in tiles
        for shape in shapes[tile.figure.area]
    ]
    areas = alt.Chart(data(features)).mark_geoshape(stroke=QUIET, strokeWidth=1)
    shown = areas.encode(
        fill=alt.Fill("fill:N", scale=None, legend=None),
        strokeDash=alt.condition(alt.datum.dash, alt.value([4, 3]), alt.value([])),
    )
    layers = [shown.project(type="identity", reflectY=True)]
    if len(tiles) <= MOST_LABELS:
        labels = [_label(tile, shapes[tile.figure.area]) for tile in tiles]
        text = alt.Chart(data(labels)).mark_text(fontSize=8.5, lineBreak="\n").encode(
            longitude="x:Q", latitude="y:Q", text="label:N", color=alt.Color("colour:N", scale=None, legend=None)
        )  # fmt: skip
        layers.append(text.project(type="identity", reflectY=True))
    svg = svg_of(alt.layer(*layers).properties(width=WIDTH, height=HEIGHT), NAME)
    start = svg.index(">") + 1
    return svg[:start] + PATTERN + svg[start:]


def _label(tile: Tile, shapes: list[Shape]) -> dict[str, object]:
    x, y = middle(shapes)
    _, rw, rt = tile.figure.area.rsplit("-", 2)
    number = rt if rw.endswith("000") else f"{rt}/{rw[-3:]}"
    told = f"{number}\n{tile.figure.text}" if tile.figure.known else number
    return {"x": x, "y": y, "label": told, "colour": "#fff" if tile.shade > DARK else INK}


def _fill(shade: int) -> str:
    return SHADES[shade - 1] if shade > 0 else HATCH if shade == 0 else "#fff"
