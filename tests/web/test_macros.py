"""Each macro as the pages use it: valid HTML, ids unique, words beside what they belong to."""

import re
from collections import Counter
from datetime import UTC, datetime
from types import SimpleNamespace

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template, render_template_string
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import force_locale
from mediation.web.fields import DayField, YuanField
from mediation.web.forms import BaseForm


class AgentForm(Form):
    name = StringField("Agent", [DataRequired("Name the agent.")])


class SampleForm(BaseForm):
    name = StringField("Name", [DataRequired("Write the name.")], description="As on the card.")
    facts = TextAreaField("Facts", render_kw={"data-draft": "facts", "class": "tall"})
    route = SelectField("Route", choices=[SelectChoice("A", "First"), SelectChoice("B", "Second")])
    kind = RadioField(
        "Kind", [InputRequired("Choose the kind.")], choices=[SelectChoice("n", "Person"), SelectChoice("l", "Body")]
    )
    reasons = SelectMultipleField(
        "Reasons",
        choices=[SelectChoice("1", "One"), SelectChoice("2", "Two")],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    told = BooleanField("Parties were told", [DataRequired("Tell the parties first.")])
    received = DayField("Received")
    amount = YuanField("Amount")
    evidence = FileField("Evidence")
    agent = FormField(AgentForm, "Agent")
    others = FieldList(FormField(AgentForm), "Others", min_entries=2)
    words = FieldList(StringField("Word"), "Words", [DataRequired()], min_entries=1)
    version = HiddenField(default="3")


def render(app: Flask, source: str, **context: object) -> BeautifulSoup:
    """The macro's output, refused when it is not valid HTML or says an id twice."""
    with app.test_request_context("/?sort=-due&page=2&stage=a&stage=b"):
        html = render_template_string(source, **context)
    html5lib.HTMLParser(strict=True).parse(
        f"<!doctype html><html><head><title>t</title></head><body>{html}</body></html>"
    )
    soup = BeautifulSoup(html, "html.parser")
    twice = [name for name, times in Counter(tag["id"] for tag in soup.select("[id]")).items() if times > 1]
    assert not twice, twice
    for tag in soup.select("[aria-describedby], [for]"):
        for name in (tag.get("aria-describedby") or tag.get("for")).split():
            assert soup.find(id=name), f"{tag} points at nothing"
    assert not soup.select("[style], [onclick], script:not([type='application/json'])")
    return soup


FORM = """{% from "_macros/forms.html" import field, form_tag %}
{% call form_tag(form, "Send", cancel_url="/") %}{% for f in form if f.name not in ("csrf_token", "once", "version") %}{{ field(f) }}{% endfor %}{% endcall %}"""


def sample(app: Flask, **data: str) -> SampleForm:
    with app.test_request_context("/", method="POST", data=data):
        return SampleForm(meta={"csrf": False})


def test_every_field_has_its_label(app):
    soup = render(app, FORM, form=sample(app))
    for control in soup.select("input:not([type=hidden]), textarea, select"):
        assert soup.find("label", attrs={"for": control["id"]}), control


def test_hint_stays_with_its_field(app):
    soup = render(app, FORM, form=sample(app))
    assert soup.find(id=soup.find(id="name")["aria-describedby"]).text == "As on the card."


def test_classes_of_the_field_are_kept(app):
    assert {"form-control", "tall"} <= set(render(app, FORM, form=sample(app)).find(id="facts")["class"])


def test_form_is_marked_once_and_carries_its_hidden_fields(app):
    soup = render(app, FORM, form=sample(app))
    assert len(soup.select("[name=once]")) == 1
    assert soup.find(attrs={"name": "version"})["value"] == "3"


def test_errors_stand_beside_the_field_and_in_the_summary(app):
    form = sample(app, facts="kept as typed")
    assert not form.validate()
    form.form_errors.append("The period has ended.")
    soup = render(app, FORM, form=form)
    name = soup.find(id="name")
    assert name["aria-invalid"] == "true"
    assert "Write the name." in soup.find(id="name-error").text
    assert soup.find(id="facts").text.strip() == "kept as typed"
    summary = soup.select_one("[data-error-summary]")
    assert "The period has ended." in summary.text
    assert "Name the agent." in summary.text
    for link in summary.select("a"):
        assert soup.find(id=link["href"].removeprefix("#")), link


def test_a_refusal_tells_its_article_and_what_remains_possible(app):
    form = sample(app)
    form.refuse(DomainError("The period has ended.", article="CPL art. 152", remedy="Ask for more time."))
    with force_locale("en"):
        told = render(app, FORM, form=form).select_one("[data-error-summary]").text
    assert "The period has ended." in told
    assert "152" in told
    assert "Ask for more time." in told


def test_two_forms_on_a_page_share_no_id(app):
    source = """{% from "_macros/forms.html" import hidden_fields, post_button %}
    <form>{{ hidden_fields(form) }}</form><form>{{ hidden_fields(form) }}</form>{{ post_button("/a", "A") }}{{ post_button("/b", "B", {"x": "1"}) }}"""
    soup = render(app, source, form=sample(app))
    assert len(soup.select("form[method=post]")) == 2
    assert all(form.find(attrs={"name": "csrf_token"}) for form in soup.select("form[method=post]"))


def test_post_button_with_a_sentence_opens_it_first(app):
    source = """{% from "_macros/forms.html" import post_button %}{{ post_button("/a", "Withdraw", style="danger", confirm="It goes to filing.") }}"""
    soup = render(app, source)
    assert "It goes to filing." in soup.select_one("details form").parent.text


@pytest.mark.parametrize(
    ("days", "mark"), [(None, "days-none"), (-2, "days-overdue"), (0, "days-soon"), (3, "days-soon"), (4, "days-calm")]
)
def test_days_left_are_said_in_words(app, days, mark):
    soup = render(app, """{% from "_macros/status.html" import days_left %}{{ days_left(n) }}""", n=days)
    assert mark in soup.span["class"]
    assert soup.span.text.strip()


@pytest.mark.parametrize("tone", ["neutral", "active", "done", "soon", "overdue"])
def test_tag_says_its_word(app, tone):
    soup = render(app, """{% from "_macros/status.html" import tag %}{{ tag("<Mediating>", tone) }}""", tone=tone)
    assert (soup.span.text, soup.span["class"]) == ("<Mediating>", ["tag", f"tag-{tone}"])


def test_sorting_keeps_the_filters_and_starts_at_page_one(app):
    source = """{% from "_macros/tables.html" import th_sort %}<table><thead><tr>{{ th_sort("Due", "due", "-due") }}{{ th_sort("No.", "no") }}</tr></thead></table>"""
    with app.test_request_context("/password?sort=-due&page=2&stage=a&stage=b"):
        soup = BeautifulSoup(render_template_string(source), "html.parser")
    due, number = soup.select("th")
    assert due["aria-sort"] == "descending"
    assert not number.has_attr("aria-sort")
    assert sorted(re.split("[?&]", due.a["href"])[1:]) == ["sort=due", "stage=a", "stage=b"]


def test_definition_shows_a_gap_as_a_gap(app):
    source = """{% from "_macros/tables.html" import definition, empty, chips %}{{ definition([("Cause", "Rent"), ("Value", none), ("Count", 0)]) }}
    {{ empty("Nothing", "Because") }}{{ chips([{"label": "All", "url": "/?a=1", "active": true}]) }}"""
    soup = render(app, source)
    assert [bool(dd.select(".nothing")) for dd in soup.select("dd")] == [False, True, False]
    assert soup.select_one(".chip")["aria-current"] == "true"


def test_pager_only_where_there_are_pages(app):
    source = """{% from "_macros/paging.html" import pager %}{{ pager(page) }}"""
    one = SimpleNamespace(number=1, has_next=False, url=str)
    assert not render(app, source, page=one).find("nav")
    two = SimpleNamespace(number=2, has_next=True, url=lambda n: f"/?page={n}")
    assert [a["href"] for a in render(app, source, page=two).select("a")] == ["/?page=1", "/?page=3"]


def test_unlawful_step_can_be_focused_and_says_why(app):
    offers = [
        SimpleNamespace(label="Consent", url="/c", method="post", enabled=True, reason="", article="", primary=True),
        SimpleNamespace(label="File", url="/f", method="get", enabled=True, reason="", article="", primary=False),
        SimpleNamespace(
            label="Confirm",
            url="",
            method="post",
            enabled=False,
            reason="No agreement.",
            article="CPL art. 205",
            primary=False,
        ),
    ]
    soup = render(
        app,
        """{% from "_macros/steps.html" import steps %}{{ steps(offers) }}{{ steps(offers, "again") }}""",
        offers=offers,
    )
    blocked = soup.select_one("[aria-disabled=true]")
    assert not blocked.has_attr("disabled")
    why = soup.find(id=blocked["aria-describedby"]).text
    assert "No agreement." in why
    assert "第二百零五条" in why
    assert soup.select_one("form[action='/c'] .btn-primary")


def test_track_names_the_present_stage(app):
    stages = [SimpleNamespace(label=state, state=state) for state in ("done", "current", "todo")]
    soup = render(app, """{% from "_macros/steps.html" import track %}{{ track(stages) }}""", stages=stages)
    assert soup.select_one("[aria-current=step]").text.strip() == "current"


def test_timeline_gives_time_person_and_words(app):
    entry = SimpleNamespace(at=datetime(2019, 7, 8, 1, 30, tzinfo=UTC), who="李敏", texts=["登记", "筛查"])
    soup = render(app, """{% from "_macros/timeline.html" import happening %}{{ happening(entry) }}""", entry=entry)
    assert "2019年7月8日" in soup.time.text
    assert "09:30" in soup.time.text
    assert [p.text for p in soup.select(".timeline-text")] == ["登记", "筛查"]


def test_sheet_decision_and_the_words_of_the_law(app):
    source = """{% from "_macros/sheet.html" import sheet, decision, why %}
    {% call sheet("Next", "next") %}{{ decision("The ruling is served.") }}{{ why("CPL art. 205") }}{{ why("CPL art. 205", "The joint application.") }}{% endcall %}
    {% call sheet("Past") %}<p>x</p>{% endcall %}"""
    soup = render(app, source)
    assert soup.section["aria-labelledby"] == "next-title"
    assert "三十日" in soup.select_one("details .law-words").text


def test_chart_carries_its_figures_as_data(app):
    source = """{% from "_macros/charts.html" import chart, sparkline %}{{ chart(spec, "Causes") }}{{ sparkline([1, none, 3], "Trend") }}"""
    soup = render(app, source, spec={"kind": "bar", "labels": ["</script>"], "series": []})
    assert "</script>" not in soup.select_one("[data-chart-spec]").string
    assert soup.select_one("[data-spark]")["data-spark"] == "[1, null, 3]"


@pytest.mark.parametrize("layout", ["plain", "wide", "reading", "board"])
def test_layouts_are_whole_pages(app, layout):
    with app.test_request_context("/"):
        html = render_template_string(
            f'{{% extends "_layouts/{layout}.html" %}}{{% block title %}}T{{% endblock %}}{{% block main %}}<h1>T</h1>{{% endblock %}}'
        )
    html5lib.HTMLParser(strict=True).parse(html)
    soup = BeautifulSoup(html, "html.parser")
    assert soup.html["lang"] == "zh-CN"
    assert soup.title.text.startswith("T")
    assert soup.select_one("a.skip-link")["href"] == "#main"


def test_error_page_says_what_happened_and_what_to_quote(app):
    with app.test_client() as client:
        answer = client.get("/no-such-page-at-all")
    assert answer.status_code in {401, 404}
    with app.test_request_context("/"):
        html = render_template(
            "error.html",
            code=409,
            title="T",
            message="M",
            article="CPL art. 205",
            remedy="R",
            request_number="n1",
        )
    html5lib.HTMLParser(strict=True).parse(html)
    text = BeautifulSoup(html, "html.parser").main.text
    for part in ("409", "M", "第二百零五条", "R", "n1"):
        assert part in text


def test_a_citation_written_into_a_template_is_read_anew_for_each_reader(app):
    """The first who opens the page decides the language of nobody else."""
    template = app.jinja_env.from_string("{{ 'CPL art. 125' | cite }}")
    said = []
    for language in ("en", "zh_Hans_CN", "en"):
        with app.test_request_context(), force_locale(language):
            said.append(template.render())
    assert said[0] == said[2] == "Civil Procedure Law, art. 125"
    assert said[1] == "《民事诉讼法》第一百二十五条"
