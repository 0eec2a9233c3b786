"""The typesetter: a finished page description in, the bytes of an archival PDF out.

It reads the court fonts and print.css, and nothing else: no file, no address, no clock, no database. The same input
gives the same bytes, so that the digest a judge confirms is the digest that is archived.
"""

import contextlib
import datetime as dt
import functools
import hashlib
import json
import logging
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, NoReturn
from urllib.request import DataHandler, Request

from mediation.documents import fontset
from mediation.documents.fontset import HIDDEN, MissingGlyph

with fontset.private():
    import pydyf
    from weasyprint import CSS, HTML, Attachment
    from weasyprint.pdf import fonts as pdf_fonts
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from mediation.documents import drawings, justify, streams

TEMPLATES = fontset.ROOT / "templates"
STYLE = TEMPLATES / "documents" / "print.css"
VARIANT = "pdf/a-3a"
FACTS = "facts.json"

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("weasyprint").propagate = False
logging.getLogger("fontTools").setLevel(logging.ERROR)

# PDF/A-3a and PDF/UA-1 at once: WeasyPrint writes one mark, this adds the other with the description PDF/A asks for.
ACCESSIBLE = """<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>
</rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


class EngineNotReady(Exception):
    """The machine lacks what typesetting needs; the message says what to install."""


class ForbiddenResource(ValueError):
    """The document asked for something that was not handed in with it."""


class Unprintable(ValueError):
    """The typesetter would have left something out, such as a picture it cannot read."""


class _Complaints(logging.Handler):
    """Collects what the typesetter would otherwise only write to its log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage()[:200])


@contextlib.contextmanager
def _nothing_left_out() -> Iterator[None]:
    complaints = _Complaints()
    log = logging.getLogger("weasyprint")
    log.addHandler(complaints)
    try:
        yield
    finally:
        log.removeHandler(complaints)
    if complaints.heard:
        raise Unprintable("; ".join(complaints.heard))


class _Closed(URLFetcher):  # type: ignore[misc]
    """Opens the pictures handed in with the document, compared whole, and nothing else."""

    def __init__(self, pictures: Collection[str]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self.pictures = frozenset(pictures)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        # FatalURLFetchingError is no Exception: WeasyPrint would otherwise leave the picture out without a word.
        if url not in self.pictures or not url.startswith("data:image/"):
            raise FatalURLFetchingError(url[:200])
        answer = DataHandler().data_open(Request(url))  # noqa: S310  a data: address opens nothing
        return URLFetcherResponse(url, answer.read(), answer.headers)


def problems() -> list[str]:
    """What keeps this machine from typesetting, in words for the one who installs it; empty when all is well."""
    found = []
    if absent := fontset.missing():
        found.append(f"Fonts are missing in {fontset.FOLDER}: {', '.join(absent)}. Run: python scripts/fonts.py")
    if foreign := fontset.foreign():
        found.append(f"Fonts must be TrueType; remove from {fontset.FOLDER}: {', '.join(foreign)}")
    if pdf_fonts.harfbuzz_subset is None:
        found.append("libharfbuzz-subset is missing: documents would take 20 times longer. Install libharfbuzz-subset0")
    return found


@functools.cache
def _tools() -> tuple[FontConfiguration, CSS]:
    """Fonts and style sheet, loaded once per process; refuses to start slow or incomplete."""
    if found := problems():
        raise EngineNotReady("\n".join(found))
    justify.install()
    streams.install()
    drawings.install()
    with fontset.private():
        fonts = FontConfiguration()
    return fonts, CSS(string=STYLE.read_text(), font_config=fonts, url_fetcher=_Closed(()))


def warm() -> None:
    """Load fonts and style sheet before the first document is asked for."""
    _tools()


def _refuse(problem: BaseException) -> NoReturn:
    raise ForbiddenResource(f"the document asks for {problem}") from problem


def _attachment(facts: Mapping[str, Any], created: dt.datetime) -> Attachment:
    """The facts of the document for machines, in one fixed spelling."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Attachment(
        string=text,
        name=FACTS,
        description="文书要素（机器可读）",
        relationship="Data",
        created=created,
        modified=created,
    )


def _finish(document: Any, pdf: pydyf.PDF) -> None:
    """Show the title in the window, and leave the metadata readable for archives and validators."""
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream) and part.extra.get("Type") == "/Metadata":
            part.compress = False
    streams.settle(pdf)


def _mark_accessible(generate: Callable[..., bytes]) -> Callable[..., bytes]:
    def generated(*args: Any, **options: Any) -> bytes:
        return generate(*args, **options).replace(b"</rdf:RDF>", ACCESSIBLE.encode())

    return generated


def render(
    html: str,
    *,
    created: dt.datetime,
    pictures: Collection[str] = (),
    facts: Mapping[str, Any] | None = None,
) -> bytes:
    """Typeset a composed document (see composing.py) and return its PDF/A-3a bytes.

    `pictures` are the data: addresses the page may show; `facts` become the attached facts.json; `created` must be the
    moment written in the page's own metadata, and is part of the identity of the bytes.
    """
    if hidden := set(HIDDEN.findall(html)):
        raise MissingGlyph(hidden)
    fonts, style = _tools()
    attachments = [] if facts is None else [_attachment(facts, created)]
    spelled = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    identifier = hashlib.sha256(f"{html}\0{spelled}\0{created.isoformat()}".encode()).digest()[:16]
    try:
        with _nothing_left_out(), warnings.catch_warnings():
            # WeasyPrint leaves it to Python to close the colour profile it reads.
            warnings.simplefilter("ignore", ResourceWarning)
            page = HTML(string=html, url_fetcher=_Closed(pictures))
            document = page.render(font_config=fonts, stylesheets=[style], pdf_variant=VARIANT, pdf_tags=True)
            document.metadata.generate_rdf_metadata = _mark_accessible(document.metadata.generate_rdf_metadata)
            written: bytes = document.write_pdf(
                pdf_variant=VARIANT,
                pdf_identifier=identifier,
                pdf_tags=True,
                finisher=_finish,
                attachments=attachments,
            )
    except FatalURLFetchingError as problem:
        _refuse(problem)
    if absent := {chr(point) for font in document.fonts.values() for point in font.missing}:
        raise MissingGlyph(absent)
    return written
