"""The 34 provinces as a small map; Hoàng Sa and Trường Sa are always drawn."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolution_monitor.brief.charts.drawing import INK, SMALL, circle, line, path, svg, text
from resolution_monitor.brief.charts.label_places import place_labels
from resolution_monitor.errors import RenderError

# Degrees; the middle latitude sets how much narrower a degree of longitude is.
_WEST, _EAST, _SOUTH, _NORTH = 99.9, 116.6, 7.0, 24.4
_MIDDLE = math.radians(16.0)


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name beside the map, led to its province."""

    code: str
    words: str
    ink: str


@dataclass(frozen=True, slots=True)
class MapWords:
    """The fixed words on the map."""

    title: str
    east_sea: str
    hoang_sa: tuple[str, str]
    truong_sa: tuple[str, str]


def province_map(
    outlines: Path, fills: Mapping[str, str], labels: Sequence[MapLabel], words: MapWords, *, width: float
) -> str:
    """
    Args:
        outlines: GeoJSON with `code` and `label` per province; features marked `archipelago` hold points.
        fills: Official code -> colour; a code without one stays white.

    Raises:
        RenderError: The outlines cannot be read, or lack an archipelago.
    """
    features = _features(outlines)
    scale = width / ((_EAST - _WEST) * math.cos(_MIDDLE))
    project = _Projection(scale)
    parts = [_province(feature, fills, project) for feature in features if not _is_archipelago(feature)]
    archipelagos = [feature for feature in features if _is_archipelago(feature)]
    if {feature["properties"]["code"] for feature in archipelagos} != {"48", "56"}:
        raise RenderError(f"{outlines}: Hoàng Sa (48) and Trường Sa (56) must be among the outlines; add them")
    parts += [_islands(feature, fills, project) for feature in archipelagos]
    parts += _place_words(words, project)
    parts += _labels(features, labels, project)
    return svg(width, (_NORTH - _SOUTH) * scale, words.title, *parts)


@dataclass(frozen=True, slots=True)
class _Projection:
    scale: float

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - _WEST) * math.cos(_MIDDLE) * self.scale, (_NORTH - latitude) * self.scale


def _features(outlines: Path) -> list[dict[str, Any]]:
    try:
        return list(json.loads(outlines.read_text(encoding="utf-8"))["features"])
    except (OSError, ValueError, KeyError) as error:
        raise RenderError(f"the map {outlines} cannot be read ({error}); correct RESOLUTION_MONITOR_MAP") from error


def _is_archipelago(feature: dict[str, Any]) -> bool:
    return bool(feature["properties"].get("archipelago"))


def _province(feature: dict[str, Any], fills: Mapping[str, str], project: _Projection) -> str:
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = (ring for polygon in polygons for ring in polygon)
    data = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (project(*p) for p in ring)) + "Z" for ring in rings)
    return path(data, fill=fills.get(feature["properties"]["code"], "#ffffff"), stroke="#6f6f6f", width=0.35)


def _islands(feature: dict[str, Any], fills: Mapping[str, str], project: _Projection) -> str:
    fill = fills.get(feature["properties"]["code"], "#ffffff")
    places = (project(*point) for point in feature["geometry"]["coordinates"])
    return "".join(circle(x, y, 1.3, fill=fill, stroke="#6f6f6f", width=0.4) for x, y in places)


def _place_words(words: MapWords, project: _Projection) -> list[str]:
    parts = []
    for (name, province), longitude, latitude in ((words.hoang_sa, 113.2, 14.85), (words.truong_sa, 113.9, 12.35)):
        x, y = project(longitude, latitude)
        parts.append(text(x, y, name, anchor="middle", weight=600))
        parts.append(text(x, y + 12.5, province, anchor="middle", fill="#444"))
    x, y = project(113.2, 13.2)
    sea = text(x, y, words.east_sea, anchor="middle", fill="#4a6a8a")
    return [*parts, sea.replace("<text ", '<text font-style="italic" letter-spacing="1.2" ')]


def _labels(features: Sequence[dict[str, Any]], labels: Sequence[MapLabel], project: _Projection) -> list[str]:
    """Each name in the nearest white place beside the country, led to its province by a line."""
    places = {f["properties"]["code"]: project(*f["properties"]["label"]) for f in features if not _is_archipelago(f)}
    ground = [[project(*point) for point in ring] for feature in features for ring in _rings(feature)]
    words = [(label, places[label.code]) for label in labels if label.code in places]
    width = (_EAST - _WEST) * math.cos(_MIDDLE) * project.scale
    boxes = place_labels([(label.words, place) for label, place in words], ground, width, SMALL)
    parts: list[str] = []
    for (label, (x, y)), box in zip(words, boxes, strict=True):
        end_x, end_y = box.nearest(x, y)
        parts.append(line(x, y, end_x, end_y, stroke=INK, width=0.5))
        parts.append(circle(x, y, 1.0, fill=INK))
        parts.append(text(box.left, box.bottom - 3.2, label.words, fill=label.ink, weight=600))
    return parts


def _rings(feature: dict[str, Any]) -> list[list[tuple[float, float]]]:
    geometry = feature["geometry"]
    if geometry["type"] == "MultiPoint":
        return [[tuple(point)] for point in geometry["coordinates"]]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[tuple(point) for point in ring] for polygon in polygons for ring in polygon]
