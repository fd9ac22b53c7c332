"""Draws the house as its imports tell it, from the top floor down: rooms, files, lines, and what each room knows."""

import sys
from collections import Counter
from pathlib import Path

from house import FLOOR_OF, PACKAGE, SCORE_FLOOR_OF, arrows, circle, module_of, sources

WIDTH = 160


def drawn(room_of: dict[str, str], floor_of: dict[str, int]) -> tuple[list[str], int, int]:
    """
    Lines of a picture; how many room-to-room arrows there are, and how many of them run upwards.

    Args:
        room_of: Module -> its room; modules left out are not drawn.
    """
    files, lines = Counter(room_of.values()), Counter[str]()
    for path in sources():
        if (module := module_of(path)) in room_of:
            lines[room_of[module]] += path.read_text(encoding="utf-8").count("\n")
    strokes = Counter(
        (room_of[module], room_of[other])
        for module, others in arrows().items()
        for other in others
        if module in room_of and other in room_of and room_of[module] != room_of[other]
    )
    picture = ["floor  room            files  lines  knows (imports)"]
    for room in sorted(files, key=lambda one: (-floor_of[one], one)):
        known = ", ".join(f"{other} {strokes[room, other]}" for one, other in sorted(strokes) if one == room)
        picture.append(f"{floor_of[room]:>5}  {room:<14} {files[room]:>6} {lines[room]:>6}  {known or '-'}")
    upwards = sum(floor_of[other] > floor_of[room] for room, other in strokes)
    return picture, len(strokes), upwards


def room_in_score(path: Path) -> str:
    return path.relative_to(PACKAGE / "score").with_suffix("").parts[0]


def main() -> None:
    modules = {module_of(path): path for path in sources() if module_of(path)}
    house = {module: module.split(".")[0] for module in modules}
    in_score = {
        module: room_in_score(path)
        for module, path in modules.items()
        if module.startswith("score.") and room_in_score(path) != "__init__"
    }
    for title, rooms, floors in (("The house", house, FLOOR_OF), ("Inside score", in_score, SCORE_FLOOR_OF)):
        picture, count, upwards = drawn(rooms, floors)
        told = f"{title}: {len(set(rooms.values()))} rooms, {count} arrows between them, {upwards} upwards"
        sys.stdout.write("\n".join([told, *(line[:WIDTH] for line in picture), "", ""]))
    within = len(circle())
    sys.stdout.write(f"Modules: {len(modules)}; in a circle: {within or 'none'}\n")


if __name__ == "__main__":
    main()
