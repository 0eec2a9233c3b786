"""What a document says on paper, for the tests of those who write documents."""

import subprocess
import tempfile
from pathlib import Path

from mediation.documents import composing, engine, making
from mediation.documents.models import Document


def paper(document: Document) -> str:
    """Typeset a requested document and read its text back, without blanks and line ends."""
    job = making.job_of(document)
    page = composing.compose(job.kind, job.sheet, job.data)
    written = engine.render(page.html, created=page.created, pictures=page.pictures, facts=job.data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(written)
        text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    return "".join(text.split())
