"""The catalogues of words: one for each capability, and one (``web``) for all that belongs to none.

    catalogue.py extract [capability ...]   print what the sources say, as a template
    catalogue.py update  [capability ...]   bring the .po files up to what the sources say
    catalogue.py check   [capability ...]   fail unless each entry is there, needed, translated and well formed
    catalogue.py compile [capability ...]   write the .mo files that are older than their .po

The sources are written in English; the court reads Chinese. A missing entry would show English in a courtroom,
so ``check`` is part of the gate. The files carry no dates and no line numbers and are sorted, so that changes merge.
"""

import argparse
import ast
import io
import itertools
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.util import pathmatch
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans_CN"
FOLDER = ROOT / "mediation" / "translations" / LOCALE / "LC_MESSAGES"
SHARED = "web"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "_n": (1, 2),
    "_p": ((1, "c"), 2),
    "_lp": ((1, "c"), 2),
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""
PLACEHOLDER = re.compile(r"%(?:\([a-z_0-9]+\))?[sdrfi%]", re.IGNORECASE)
HAN = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?]|[,;:!?][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)|！")
# They pass on words that others wrote out.
DELEGATES = {"mediation/kernel/i18n.py", "mediation/web/forms.py"}
EXTENSIONS = ("jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols")

Entry = tuple[str | None, str]


def domain_of(path: str) -> str:
    """The catalogue that a source file's words belong to: its capability's folder, or the shared one."""
    parts = path.split("/")
    if path.startswith("/") or len(parts) < 3 or parts[1].startswith("_") or parts[1] in {"kernel", SHARED}:
        return SHARED
    return parts[1]


def libraries() -> list[Path]:
    """Modules of libraries whose own messages our readers see: WTForms says what is wrong with a field."""
    package = Path(wtforms.__file__).parent
    return [package / "validators.py", *sorted((package / "fields").glob("*.py"))]


def sources() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every file that may hold words, with the extraction method and options that babel.cfg gives it."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    files = itertools.chain((ROOT / "mediation").rglob("*"), (ROOT / "templates").rglob("*"))
    for path in sorted(file.relative_to(ROOT).as_posix() for file in files if file.is_file()):
        for pattern, method in methods:
            if pathmatch(pattern, path):
                if method != "ignore":
                    yield path, method, dict(options.get(pattern, {}))
                break
    for path in libraries():
        yield path.as_posix(), "python", {}


def extracted() -> dict[str, Catalog]:
    """What the sources say, by catalogue."""
    found: dict[str, Catalog] = {}
    for path, method, options in sources():
        if method == "jinja2":
            options |= {"silent": "false", "trimmed": "true", "extensions": ",".join(EXTENSIONS[1:])}
        with (ROOT / path).open("rb") as file:
            for _, message, _, context in extract(method, file, KEYWORDS, (), options):
                template = found.setdefault(domain_of(path), Catalog(charset="utf-8"))
                template.add(message, context=context)
    return found


def location(domain: str) -> Path:
    return FOLDER / f"{domain}.po"


def read(domain: str) -> Catalog:
    if not location(domain).exists():
        return Catalog(locale=LOCALE, charset="utf-8")
    with location(domain).open("rb") as file:
        return read_po(file, locale=LOCALE, domain=domain)


def existing() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.po"))


def entries(catalogue: Catalog) -> dict[Entry, Message]:
    return {(entry.context, key(entry)): entry for entry in catalogue if entry.id}


def key(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def words(entry: Message, side: str) -> list[str]:
    value = getattr(entry, side)
    return [text or "" for text in ((value,) if value is None or isinstance(value, str) else value)]


def known() -> dict[Entry, Message]:
    """Every translation that any catalogue holds: a sentence that moves to another capability keeps its words."""
    found: dict[Entry, Message] = {}
    for domain in existing():
        found |= {at: entry for at, entry in entries(read(domain)).items() if all(words(entry, "string"))}
    return found


def renewed(domain: str, template: Catalog, store: dict[Entry, Message]) -> Catalog:
    """The catalogue with exactly the entries of the sources, each with the words it already had."""
    old, result = entries(read(domain)), Catalog(locale=LOCALE, charset="utf-8")
    for entry in template:
        if not entry.id:
            continue
        had = old.get((entry.context, key(entry)))
        if had is None or not any(words(had, "string")):
            had = store.get((entry.context, key(entry)), had)
        added = result.add(entry.id, context=entry.context, flags=(had.flags & {"fuzzy"} if had else ()))
        if had is not None and isinstance(had.id, str) == isinstance(entry.id, str):
            added.string = had.string
    return result


def text_of(catalogue: Catalog) -> str:
    """The .po file: a header that never changes, then the entries in order."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEADER + "\n" + body.getvalue().decode("utf-8").strip() + "\n"


def update(names: list[str]) -> int:
    store, templates = known(), extracted()
    for domain in names or sorted({*templates, *existing()}):
        template = templates.get(domain)
        if template is None:
            location(domain).unlink(missing_ok=True)
            continue
        catalogue = renewed(domain, template, store)
        FOLDER.mkdir(parents=True, exist_ok=True)
        location(domain).write_text(text_of(catalogue), encoding="utf-8")
        open_entries = sum(not all(words(entry, "string")) for entry in catalogue if entry.id)
        print(f"{domain}: {len(catalogue)} entries, {open_entries} without words")
    return 0


def print_templates(names: list[str]) -> int:
    for domain, template in sorted(extracted().items()):
        if not names or domain in names:
            print(f"# {domain}\n{text_of(template)}")
    return 0


def faults(entry: Message) -> Iterator[str]:
    """What is wrong with one entry."""
    if any(HAN.search(text) for text in words(entry, "id")):
        yield "the sources are written in English"
    if not all(words(entry, "string")):
        yield "no Chinese words"
        return
    if entry.fuzzy:
        yield "fuzzy"
    allowed = [set(PLACEHOLDER.findall(text)) for text in words(entry, "id")]
    for text in words(entry, "string"):
        if set(PLACEHOLDER.findall(text)) not in allowed:
            yield f"other placeholders in {text!r}"
        if HALF_WIDTH.search(text):
            yield f"half-width punctuation or exclamation mark in {text!r}"


def faults_of(domain: str, template: Catalog | None) -> Iterator[str]:
    """What is wrong with one catalogue, seen beside its sources."""
    if template is None:
        yield f"{domain}: no source has words for this catalogue"
        return
    needed, had = entries(template), entries(read(domain))
    yield from (f"{domain}: missing: {name!r}" for _, name in needed.keys() - had.keys())
    yield from (f"{domain}: no longer used: {name!r}" for _, name in had.keys() - needed.keys())
    for at in needed.keys() & had.keys():
        yield from (f"{domain}: {at[1]!r}: {fault}" for fault in faults(had[at]))
    current = location(domain).read_text(encoding="utf-8") if location(domain).exists() else ""
    if needed.keys() == had.keys() and current != text_of(renewed(domain, template, {})):
        yield f"{domain}: not as `catalogue.py update {domain}` writes it"


def disagreements() -> Iterator[str]:
    """All catalogues are read as one: the same English needs the same Chinese everywhere, or a context."""
    first: dict[Entry, tuple[str, list[str]]] = {}
    for domain in existing():
        for at, entry in entries(read(domain)).items():
            other, said = first.setdefault(at, (domain, words(entry, "string")))
            if said != words(entry, "string"):
                yield f"{domain}: {at[1]!r}: {words(entry, 'string')[0]!r} here, {said[0]!r} in {other}"


def computed(path: str, method: str) -> Iterator[str]:
    """Calls whose words are not written out, and so can never be found and translated."""
    source = (ROOT / path).read_text(encoding="utf-8")
    if method == "python":
        tree = ast.walk(ast.parse(source))
        calls = [
            (node.lineno, node.func.id, node.args)
            for node in tree
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        ]
        lines = [
            line for line, name, args in calls if name in KEYWORDS and not (args and isinstance(args[0], ast.Constant))
        ]
    else:
        page = Environment(extensions=EXTENSIONS, autoescape=True).parse(source)
        found = [
            (node.lineno, node.node.name, node.args)
            for node in page.find_all(nodes.Call)
            if isinstance(node.node, nodes.Name)
        ]
        lines = [
            line for line, name, args in found if name in KEYWORDS and not (args and isinstance(args[0], nodes.Const))
        ]
    yield from (f"{path}:{line}: the words of a translated text must be written out" for line in lines)


def check(names: list[str]) -> int:
    templates = extracted()
    found: list[str] = []
    for domain in names or sorted({*templates, *existing()}):
        found.extend(sorted(faults_of(domain, templates.get(domain))))
    found.extend(disagreements())
    for path, method, _ in sources():
        if path not in DELEGATES and not path.startswith("/"):
            found.extend(computed(path, method))
    for line in found:
        print(line, file=sys.stderr)
    if not found:
        print(
            f"{len(existing())} catalogues, {sum(len(read(domain)) for domain in existing())} entries, all translated"
        )
    return 1 if found else 0


def compile_stale(names: Iterable[str] = ()) -> list[str]:
    """Write each .mo that is missing or older than its .po; tell which. Safe when two processes do it at once."""
    done = []
    for domain in list(names) or existing():
        source, target = location(domain), location(domain).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns:
            continue
        draft = target.with_name(f".{domain}.{os.getpid()}.mo")
        with draft.open("wb") as file:
            write_mo(file, read(domain))
        draft.replace(target)
        done.append(domain)
    return done


def compile_all(names: list[str]) -> int:
    done = compile_stale(names)
    print(f"compiled: {', '.join(done) or 'nothing was stale'}")
    return 0


def main() -> int:
    commands = {"extract": print_templates, "update": update, "check": check, "compile": compile_all}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=commands)
    parser.add_argument("capability", nargs="*")
    arguments = parser.parse_args()
    return commands[arguments.command](arguments.capability)


if __name__ == "__main__":
    sys.exit(main())
