"""The pages on which documents are chosen, watched while they are made, and fetched together."""

from flask import Response, abort, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from mediation.documents import catalogue, composing
from mediation.documents import labels as document_labels
from mediation.documents.blueprint import bp
from mediation.documents.bundles import labels, rules, services
from mediation.documents.bundles.forms import BundleForm, FindForm
from mediation.documents.bundles.models import DocumentBundle
from mediation.documents.bundles.rules import Form
from mediation.documents.rules import Status
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _l
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.files import handed_out, opening
from mediation.web.registry import NavItem, Registry


@bp.route("/documents/bundles", methods=["GET", "POST"])
def bundles() -> ResponseReturnValue:
    """Documents of a day, a kind or a dispute to choose from; ticked ones become a bundle."""
    asked = FindForm(request.args)
    asked.kind.choices = [
        SelectChoice("", _("All kinds")), *[SelectChoice(one.kind, one.title) for one in catalogue.ENTRIES]
    ]  # fmt: skip
    dispute_id = request.args.get("dispute", type=int)
    if "day" not in request.args and dispute_id is None:
        asked.day.data = clock.today()
    fits = asked.validate()
    kind = asked.kind.data or ""
    found = services.find(actor(), day=asked.day.data, kind=kind, dispute_id=dispute_id) if fits else None
    listed = found.documents if found else ()
    form = BundleForm()
    form.document_ids.choices = [(one.id, one.called) for one in listed]
    if request.method == "GET":
        form.document_ids.data = [one.id for one in listed]
    if form.submitted():
        try:
            made = services.make(actor(), form.document_ids.data or [], Form(form.form.data))
        except DomainError as refused:
            form.refuse(refused)
        else:
            return redirect(url_for(".bundle", bundle_id=made.id))
    page = render_template(
        "documents/pages/bundles.html", asked=asked, found=found, form=form, dispute_id=dispute_id, most=rules.MOST,
        earlier=services.latest(actor()), labels=document_labels, forms=labels.FORM, here=request.full_path,
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _own(bundle_id: int) -> DocumentBundle:
    return services.get(actor(), bundle_id) or abort(404)


@bp.get("/documents/bundles/<int:bundle_id>")
def bundle(bundle_id: int) -> ResponseReturnValue:
    """How far it is: what is produced, what could not be, what still waits; and the file once nothing waits."""
    found = _own(bundle_id)
    rows = services.rows(actor(), found)
    number = {status: sum(one.status is status for one in rows) for status in Status}
    return render_template(
        "documents/pages/bundle.html", bundle=found, rows=rows, number=number, labels=document_labels, forms=labels.FORM,
        stacks=rules.stacks(number[Status.READY]) if found.form is Form.PRINT else [],
    )  # fmt: skip


@bp.post("/documents/bundles/<int:bundle_id>/progress")
def bundle_progress(bundle_id: int) -> ResponseReturnValue:
    """Produce the next part; the page goes on by itself while some wait."""
    services.go_on(actor(), _own(bundle_id))
    return redirect(url_for(".bundle", bundle_id=bundle_id))


@bp.post("/documents/bundles/<int:bundle_id>/again")
def bundle_again(bundle_id: int) -> ResponseReturnValue:
    """Try again what could not be produced."""
    left = services.go_on(actor(), _own(bundle_id), again=True)
    if left:
        flash(_("%(number)s more could not be produced before; try these again too.", number=left))
    return redirect(url_for(".bundle", bundle_id=bundle_id))


@bp.get("/documents/bundles/<int:bundle_id>/file")
def bundle_file(bundle_id: int) -> ResponseReturnValue:
    """The archive, or one stack to print. What is handed out is written into the trail."""
    with opening():
        found = _own(bundle_id)
        given = services.ready(actor(), found)
        told = f"{composing.day(found.made_at)}文书"
        if found.form is Form.PRINT:
            parts = rules.stacks(len(given))
            number = request.args.get("stack", 1, type=int)
            if not 1 <= number <= len(parts):
                abort(404)
            first, last = parts[number - 1]
            given = given[first - 1 : last]
            content = services.stack(given)
            services.opened(actor(), found, given)
            return _file(Response(content, mimetype="application/pdf"), f"{told}（第{first}至{last}件，双面打印）.pdf")
        named = [(one.id, one.called, one.number) for one in given]
        services.opened(actor(), found, given)
    sent = Response(stream_with_context(services.archive(named)), mimetype="application/zip")
    return _file(sent, f"{told}（{len(named)}件）.zip")


def _file(answer: Response, name: str) -> Response:
    return handed_out(answer, name, plain=f"documents.{name.rpartition('.')[2]}")


def contribute(registry: Registry) -> None:
    """A place in the registry's left column, and the words of the timeline."""
    registry.nav.append(
        NavItem(_l("Papers together"), "documents.bundles", frozenset(REGISTRY), icon="document", rank=35, seldom=True)
    )
    registry.events.update(
        {action: (lambda facts, words=words: str(words) % facts) for action, words in labels.EVENT.items()}
    )
