"""RT boundaries that an office has: `data/areas.geojson`, joined by the property `code` (or `kode`), never by name."""

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipelines.errors import OfficerError

CODES = ("code", "kode")
Shape = dict[str, Any]  # a GeoJSON geometry, Polygon or MultiPolygon


def read_boundaries(path: Path) -> dict[str, list[Shape]]:
    """Shapes by area code; none where there is no file. Raises OfficerError where the file cannot be used."""
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        found = None
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise OfficerError(
            f"{path.name} bukan GeoJSON (FeatureCollection). Ekspor ulang petanya, atau hapus berkas itu."
        )
    shapes: dict[str, list[Shape]] = {}
    for feature in features:
        if not isinstance(feature, dict):
            continue
        properties, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
        code = next((str(properties[key]).strip() for key in CODES if properties.get(key)), "")
        if not code:
            continue  # a road, a rice field, another kelurahan: no area of ours
        if not _is_area(geometry):
            raise OfficerError(f"{path.name}: bentuk wilayah {code} bukan poligon yang lengkap. Perbaiki atau hapus.")
        shapes.setdefault(code, []).append({"type": geometry["type"], "coordinates": geometry["coordinates"]})
    return shapes


def middle(shapes: list[Shape]) -> tuple[float, float]:
    """Where the label of an area stands: the centre of gravity of its largest outer ring, longitude and latitude."""
    ring = max((polygon[0] for shape in shapes for polygon in _polygons(shape)), key=lambda ring: abs(_area(ring)))
    area = _area(ring)
    if not area:
        return ring[0][0], ring[0][1]
    x = sum((a[0] + b[0]) * _cross(a, b) for a, b in _edges(ring)) / (6 * area)
    y = sum((a[1] + b[1]) * _cross(a, b) for a, b in _edges(ring)) / (6 * area)
    return x, y


def _is_area(geometry: Any) -> bool:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return False
    try:
        rings = [ring for polygon in _polygons(geometry) for ring in polygon]
        return bool(rings) and all(len(ring) > 3 and all(map(_is_point, ring)) for ring in rings)
    except (KeyError, TypeError):
        return False


def _is_point(point: Any) -> bool:
    return len(point) > 1 and all(math.isfinite(number) for number in point[:2])


def _polygons(geometry: Shape) -> list[Any]:
    coordinates = geometry["coordinates"]
    return [coordinates] if geometry["type"] == "Polygon" else list(coordinates)


def _edges(ring: list[list[float]]) -> Iterator[tuple[list[float], list[float]]]:
    return pairwise(ring)


def _cross(a: list[float], b: list[float]) -> float:
    return a[0] * b[1] - b[0] * a[1]


def _area(ring: list[list[float]]) -> float:
    return sum(_cross(a, b) for a, b in _edges(ring)) / 2
