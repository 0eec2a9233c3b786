"""A character no court font holds is found where it was typed; whatever a paper can show is let through."""

import pytest

from mediation.documents import paper
from mediation.documents.paper import Place, unwritable


def test_each_is_named_with_the_line_and_the_place_where_it_stands():
    assert list(unwritable("甲方\r\n乙方😀付款\n𰻝面")) == [Place("😀", 2, 3), Place("𰻝", 3, 1)]


@pytest.mark.parametrize("text", ["", "王䶮𠅤㛃", "1.50㎡，20℃±1；“甲”—①·…", "a b\tc\n d", "　全角空格"])
def test_what_a_paper_can_show_is_let_through(text):
    assert not list(unwritable(text))


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u200b", "\u202e", "\u2066", "\ufeff", "\ud83d", "\U000e0041"])
def test_what_nobody_would_see_is_found_too(hidden):
    assert paper.HIDDEN.match(hidden)
    assert list(unwritable(f"甲{hidden}乙")) == [Place(hidden, 1, 2)]


def test_a_machine_without_the_fonts_of_the_court_refuses_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(paper.fontset, "FOLDER", tmp_path)
    paper.written.cache_clear()
    try:
        assert not list(unwritable("😀"))
    finally:
        paper.written.cache_clear()
