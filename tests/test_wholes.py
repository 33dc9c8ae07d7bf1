"""Parts and their whole: what stands behind 其中 is part of what stands before it."""

from __future__ import annotations

import pytest
from extracting import rules_in_the_code, rules_of, values

# text, each figure with the whole it is part of
CASES = [
    ("重点项目125个，其中新开工项目32个", ["125个", "32个 重点项目"]),
    ("重点项目58个（其中工业项目31个、农业项目12个）", ["58个", "31个 重点项目", "12个 重点项目"]),
    ("125个重点项目中，新开工项目32个", ["125个", "32个 重点项目"]),
    ("工业投资80亿元，其中技改投资30亿元，园区投资20亿元", ["80亿元", "30亿元 工业投资", "20亿元 工业投资"]),
    # a full stop, a bracket end the parts
    ("重点项目58个，其中工业项目31个。新增企业12家", ["58个", "31个 重点项目", "12家"]),
    ("重点项目58个（其中工业项目31个），签约项目12个", ["58个", "31个 重点项目", "12个"]),
    # another kind of figure is no part
    ("重点项目58个，其中完成投资30亿元", ["58个", "30亿元"]),
    ("重点项目58个，新开工项目32个", ["58个", "32个"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_parts(text: str, expected: list[str]) -> None:
    found = values(text)
    assert [f"{f.text} {f.of}" if f.of else f.text for f in found] == expected
    assert ("whole.of_which" in rules_of(found)) == any(f.of for f in found)


def test_each_rule_has_a_case() -> None:
    assert rules_in_the_code("whole") == {"whole.of_which"}


def test_the_size_of_a_class_is_shared_by_its_parts() -> None:
    indicators = [f.indicator for f in values("5000万元以上项目66个，其中工业项目31个")]
    assert indicators == ["5000万元以上项目", "5000万元以上工业项目"]
