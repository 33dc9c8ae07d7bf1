"""Which characters a page shows to stand in its site's table of notes, and which not."""

from __future__ import annotations

from speechparse.clean.notes import events
from speechparse.clean.site_table import SiteTable, site_table

NOTED = "松嶺縣的項(xiàng)目建設(shè)要抓緊(jǐn)。" * 20


def table_of(source: str, *, bytes_are_dropped: bool = False) -> SiteTable:
    return site_table(source, list(events(source)), bytes_are_dropped=bytes_are_dropped)


def test_what_has_a_note_stands_in_the_table() -> None:
    table = table_of(NOTED)
    assert table.noted == set("項設緊")
    assert table.of_plain("項目設計") == "目計"


def test_what_has_none_does_not_stand_in_it_at_any_offset() -> None:
    table = table_of(NOTED)
    straddling = "目建".encode("gbk")[1:3].decode("gbk")
    assert straddling not in NOTED
    assert table.of_noted("項目建要抓" + straddling) == "項"
    assert table_of(NOTED, bytes_are_dropped=True).of_noted("項目" + straddling) == "項" + straddling


def test_a_page_that_notes_some_of_the_places_goes_by_no_table() -> None:
    table = table_of(NOTED + "項目建設要抓緊。" * 10)
    assert not table.noted
    assert table.of_plain("項") == table.of_noted("項") == "項"


def test_notes_overlap_where_those_of_neighbours_stand_side_by_side() -> None:
    overlapping = "青?kuàng)?yáng)鎮(zhèn)?zhèn)"  # behind 鎮, and behind the pair that its last byte begins
    assert table_of(NOTED + overlapping * 30).overlapping
    assert not table_of(NOTED).overlapping


def test_a_text_without_notes_has_no_table() -> None:
    assert table_of("今年全縣新開工項目三十二個。").of_noted("項目") == "項目"
