"""What is pasted from Word or the web: nothing typed is lost, what nobody sees is taken out and said."""

import pytest

from mediation.web.forms import strip, taken_out


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("第一行\x0b第二行", "第一行\n第二行"),
        ("第一行\u2028第二行\x85第三行", "第一行\n第二行\n第三行"),
        ("Anna\xa0Maria\u2003Weiß", "Anna Maria Weiß"),
        ("甲\u3000乙", "甲\u3000乙"),
        ("a\tb\r\nc", "a\tb\r\nc"),
        # Younger than this Python's tables, and for one's own use: rare characters of names.
        ("王\U00031350", "王\U00031350"),
        ("李\ue815", "李\ue815"),
        ("葛󠄀城", "葛󠄀城"),
        ("  甲  ", "甲"),
    ],
)
def test_nothing_typed_is_lost(pasted, kept):
    assert strip(pasted) == kept
    assert taken_out(pasted) == []


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\x7f", "\xad", "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff"])
def test_what_nobody_sees_or_turns_the_writing_round_is_taken_out(hidden):
    assert strip(f"甲{hidden}乙") == "甲乙"
    assert taken_out(f"甲{hidden}乙{hidden}") == [hidden]


def test_what_is_no_text_is_left_alone():
    assert strip(None) is None
    assert strip(7) == 7
