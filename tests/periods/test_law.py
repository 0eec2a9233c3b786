"""Citations: the table of sources, and every article of every text that is held."""

from datetime import date

import pytest

from mediation.kernel import law

# Source -> number of articles of the enacted text.
HELD = {
    "S1": 306,
    "S2": 550,
    "S3": 35,
    "S4": 30,
    "S5": 30,
    "S6": 39,
    "S7": 13,
    "S8": 20,
    "S9": 21,
    "S10": 56,
    "S11": 12,
    "S31": 8,
    "S32": 74,
    "S32A": 53,
    "S32B": 52,
    "S37": 100,
}


def test_the_table_holds_s1_to_s35():
    assert {f"S{n}" for n in range(1, 36)} <= set(law.sources())
    assert law.source("S4").number == "法释〔2016〕14号"
    assert law.source("S4").in_force == date(2016, 7, 1)
    assert law.source("CPL") is law.source("S1")


def test_every_text_is_listed_here():
    assert {path.stem for path in law.FOLDER.glob("*.md")} == set(HELD)
    assert {source.id for source in law.sources().values() if source.has_text} == set(HELD)


@pytest.mark.parametrize(("source", "count"), HELD.items())
def test_articles_are_continuous_and_each_has_words(source, count):
    articles = law.articles(source)
    assert list(articles) == list(range(1, count + 1))
    for number, words in articles.items():
        assert words.strip(), number
        assert "#" not in words
        assert "\u200b" not in words


@pytest.mark.parametrize(("source", "count"), HELD.items())
def test_every_article_can_be_cited(source, count):
    for number in range(1, count + 1):
        (place,) = law.cite(f"{source} art. {number}")
        assert place.text == law.article(source, number)
        assert place.label == f"《{place.source.short}》第{law.to_chinese(number)}条"
    with pytest.raises(law.UnknownCitation):
        law.cite(f"{source} art. {count + 1}")


def test_numerals_go_there_and_back():
    assert all(law.from_chinese(law.to_chinese(number)) == number for number in range(1, 10_000))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (205, "二百零五"),
        (550, "五百五十"),
        (1005, "一千零五"),
    ],
)
def test_numerals_as_laws_print_them(number, words):
    assert law.to_chinese(number) == words


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_no_numeral(number):
    with pytest.raises(ValueError, match="no article"):
        law.to_chinese(number)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("S4 art. 27", ["《关于人民法院特邀调解的规定》第二十七条"]),
        ("CPL art. 205", ["《民事诉讼法》第二百零五条"]),
        ("CPL 126", ["《民事诉讼法》第一百二十六条"]),
        ("S4 art. 24; S3 art. 31", ["《关于人民法院特邀调解的规定》第二十四条", "《人民调解法》第三十一条"]),
        ("S2 arts 351, 353", ["《民事诉讼法解释》第三百五十一条", "《民事诉讼法解释》第三百五十三条"]),
        ("S2 art. 372, 127", ["《民事诉讼法解释》第三百七十二条", "《民事诉讼法解释》第一百二十七条"]),
        ("S12 point 3", ["《关于严格依法规范民事案件立案与调解工作的意见》第三点"]),
        ("S12-3", ["《关于严格依法规范民事案件立案与调解工作的意见》第三点"]),
        ("CPL 160–164", ["《民事诉讼法》第一百六十条至第一百六十四条"]),
        ("CPL art. 85(2)", ["《民事诉讼法》第八十五条第二款"]),
        ("CPL 127(4)", ["《民事诉讼法》第一百二十七条第（四）项"]),
        ("S14", ["《关于人民法院进一步深化多元化纠纷解决机制改革的意见》"]),
        ("Civil Code 202", ["《民法典》第二百零二条"]),
        ("CPL 168, S2 258 and S12", None),
    ],
)
def test_reading_citations(text, labels):
    found = [place.label for place in law.cite(text)]
    assert found == labels if labels else len(found) == 3


def test_text_of_a_range_and_of_a_source_not_held():
    (place,) = law.cite("CPL 160-161")
    assert place.text == f"{law.article('S1', 160)}\n{law.article('S1', 161)}"
    assert law.cite("S12 point 3")[0].text is None
    assert law.cite("S25 art. 24")[0].text is None


def test_words_of_an_article():
    assert "三十日内，共同向下列人民法院提出" in (law.article("S1", 205) or "")
    assert (law.article("S4", 27) or "").startswith("人民法院委派调解的案件，调解期限为30日。")


def test_other_forms():
    (place,) = law.cite("S4 art. 27")
    assert place.full_label == "《最高人民法院关于人民法院特邀调解的规定》（法释〔2016〕14号）第二十七条"
    assert place.english == "Provisions on Invited Mediation, art. 27"
    assert law.phrase("CPL art. 205; S12 point 3", language="en") == (
        "Civil Procedure Law, art. 205; Opinions on Strictly Regulating Civil Case Filing and Mediation, point 3"
    )
    assert law.phrase("CPL arts 1-2, 3", language="en").startswith("Civil Procedure Law, arts 1–2; ")
    assert law.phrase("S3 art. 4; S7 art. 11").count("》第") == 2


@pytest.mark.parametrize("text", ["", "S99 art. 1", "art. 3", "S4 art. x", "R4-06", "S4 art. 27 foo", "CPL art. 307"])
def test_nonsense_is_refused(text):
    with pytest.raises(law.UnknownCitation):
        law.cite(text)
