"""Makes the record reference out of the models, and the schema and the example that the package ships.

`python tests/make_records.py` writes `docs/records.md` and the files in `src/speechparse/schema`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from places import REPOSITORY

import speechparse as sp
from speechparse.records import When, _Figure, _Record, document_schema

RECORDS = REPOSITORY / "docs" / "records.md"
FOLDER = REPOSITORY / "src" / "speechparse" / "schema"

# A page of our own: it has a record of each kind, a repair, a removal, a section and a warning.
PAGE = """\
当前位置：首页 > 领导讲话
在全县重点项目推进会上的讲话
（2031年3月5日）
鹿鸣县县长 陆清
同志们：
去年，全县固定资产投资增长１２%，总量居全市第3位。
一、把任务扛起来
今年，确保完成固定资产投资55亿元以上，力争60亿元。实施重点项目85个，其中新开工项目32个、续建项目55个。
6月底前，开工总投资28亿元的白河铜基新材料产业园项目，占地1450亩。
"""

KINDS = (sp.Amount, sp.Count, sp.Percentage, sp.Measure, sp.Rank, sp.Deadline, sp.Period, sp.Project)
OWN = ("value", "unit", "kind")  # fields that mean something else in each kind of figure


def example() -> sp.Document:
    return sp.parse(PAGE, name="example.txt")


def schema_file() -> str:
    return json.dumps(document_schema(), ensure_ascii=False, indent=2) + "\n"


def example_file() -> str:
    return example().model_dump_json(indent=2) + "\n"


def reference() -> str:
    """The text of docs/records.md: its prose up to the first section is kept, the sections are made."""
    document = example()
    prose = RECORDS.read_text(encoding="utf-8").split("\n## ")[0]
    parts = [prose.rstrip("\n"), "## The page of the examples", f"```text\n{PAGE}```"]
    parts += ["## What every record has", table(_Record)]
    parts += ["## What every figure has beside it", "Amounts, counts, percentages, measures and ranks are figures."]
    parts += [table(_Figure, without={*_Record.model_fields, *OWN})]
    for model in KINDS:
        record = next(r for r in document.records if isinstance(r, model))
        shared = {*_Record.model_fields, *_Figure.model_fields} - {*OWN}
        parts += [f"## {model.__name__}", one_line(model), table(model, without=shared)]
        parts += [f"In {sentence(document, record)}", shown(record)]
    parts += ["## When", one_line(When), table(When)]
    parts += ["## Document", one_line(sp.Document), table(sp.Document, without={"raw"})]
    speech, repair, removal = document.speeches[0], document.repairs[0], document.removals[0]
    for part in (speech, speech.sections[0], repair, removal, document.warnings[0]):
        parts += [f"## {type(part).__name__}", one_line(type(part)), table(type(part)), shown(part)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def table(model: Any, without: set[str] | frozenset[str] = frozenset()) -> str:
    """The fields of a model as rows: name, type in JSON, meaning. `kind` comes first."""
    properties = model.model_json_schema(mode="serialization")["properties"]
    names = sorted((name for name in properties if name not in without), key=lambda name: name != "kind")
    rows = [f"| `{name}` | {type_words(properties[name])} | {meaning(name, properties[name])} |" for name in names]
    return "\n".join(["| field | type | meaning |", "|---|---|---|", *rows])


def type_words(field: dict[str, Any]) -> str:
    if "anyOf" in field:
        return " or ".join(type_words(choice) for choice in field["anyOf"])
    if "const" in field:
        return f"`{field['const']}`"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "oneOf" in field:
        return "records"
    if field["type"] == "array":
        return f"list of {type_words(field['items'])}"
    return "decimal" if "pattern" in field else str(field["type"])


def meaning(name: str, field: dict[str, Any]) -> str:
    return "of which kind it is" if name == "kind" else str(field["description"])


def one_line(model: type) -> str:
    return " ".join((model.__doc__ or "").split())


def sentence(document: sp.Document, record: Any) -> str:
    """The clause of the page that a record stands in, and the record in it."""
    text = document.text
    start = max(text.rfind(mark, 0, record.start) for mark in "。\n") + 1
    end = min(at for mark in "。\n" if (at := text.find(mark, record.end)) >= 0)
    return f"{text[start : record.start]}**{record.text}**{text[record.end : end]}:"


def shown(model: Any) -> str:
    return f"```json\n{json.dumps(model.model_dump(mode='json'), ensure_ascii=False, indent=2)}\n```"


FILES = {
    RECORDS: reference,
    FOLDER / "document.schema.json": schema_file,
    FOLDER / "example.json": example_file,
}


def write(file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(FILES[file](), encoding="utf-8")


if __name__ == "__main__":
    for made in FILES:
        write(made)
