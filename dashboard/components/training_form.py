"""Launching a training: what it learns from, what it starts from, and how."""

from __future__ import annotations

import streamlit as st

from dashboard.components.choices import select
from dashboard.components.words import engine_word, version_words
from dashboard.domain.datasets import DatasetVersion, Recipe
from dashboard.domain.ids import VersionId
from dashboard.domain.training import Adapter, Hyperparameters, TrainingPlan
from dashboard.session import _, acting, engine_urls, services, write, written

NEW = "new"


def show_training_form(versions: tuple[DatasetVersion, ...]) -> None:
    """Draw the form; raises EngineUnavailable when the chosen engine does not answer."""
    app = services()
    urls = engine_urls()
    url = urls[0]
    if len(urls) > 1:
        words = {one: engine_word(one) for one in urls}
        url = select(_("Engine"), words, "fine_tune.engine")
    models = app.finetuning.base_models(url)
    if not models:
        st.info(_("This engine offers no model to start from."))
        return
    usual = app.settings.model if app.settings.model in models else models[0]
    with st.form("fine_tune.form", border=False):
        _show_sources(versions, models, usual)
        _show_settings()
        st.form_submit_button(
            _("Start training"),
            key="fine_tune.launch",
            type="primary",
            icon=":material/play_arrow:",
            on_click=launch,
            args=(url,),
        )


def launch(url: str) -> None:
    """Start a training with what the form holds; one that is under way is not started twice."""
    finetuning = services().finetuning
    with acting("training", _("The training is handed over; its progress is shown below.")):
        plan = _plan(url)
        same = [one for one in finetuning.runs() if one.plan == plan and not one.status.is_final]
        run = same[0] if same else finetuning.launch(plan)
        write("run", run.id)


def _show_sources(
    versions: tuple[DatasetVersion, ...], models: tuple[str, ...], usual: str
) -> None:
    words = {NEW: _("Freeze the examples as they are now")}
    words |= {one.id: version_words(one) for one in versions}
    with st.grid(2, min_column_width=260):
        with st.container(gap="xxsmall"):
            select(_("Dataset version"), words, "fine_tune.version")
            st.caption(_("A version never changes, so results can be traced to their rows."))
        with st.container(gap="xxsmall"):
            select(_("Base model"), {one: one for one in models}, "fine_tune.model", usual)
            st.caption(_("What the training starts from."))
    st.checkbox(
        _("A new version takes accepted examples only"),
        key="fine_tune.accepted_only",
        help=_("Otherwise unreviewed examples teach too; rejected ones never do."),
    )


def _show_settings() -> None:
    automatic = _("automatic")
    with st.grid(3, min_column_width=200):
        with st.container(gap="xxsmall"):
            st.number_input(_("Epochs"), 1, 50, None, key="fine_tune.epochs", placeholder=automatic)
            st.caption(_("How often the model reads all training rows."))
        with st.container(gap="xxsmall"):
            st.number_input(
                _("Batch size"), 1, 256, None, key="fine_tune.batch_size", placeholder=automatic
            )
            st.caption(_("How many rows it reads before it adjusts itself once."))
        with st.container(gap="xxsmall"):
            st.number_input(
                _("Learning rate multiplier"),
                0.01,
                20.0,
                None,
                key="fine_tune.multiplier",
                placeholder=automatic,
            )
            st.caption(_("How far each adjustment goes; 1 is the engine's usual step."))
    with st.grid(2, min_column_width=200):
        with st.container(gap="xxsmall"):
            st.number_input(_("Seed"), 0, 2**31 - 1, 20251, key="fine_tune.seed")
            st.caption(_("Decides everything random; the same seed repeats the same split."))
        with st.container(gap="xxsmall"):
            st.text_input(_("Suffix"), "afektif", max_chars=18, key="fine_tune.suffix")
            st.caption(_("A short word in the name of the tuned model."))


def _plan(url: str) -> TrainingPlan:
    epochs = written("fine_tune.epochs")
    batch_size = written("fine_tune.batch_size")
    multiplier = written("fine_tune.multiplier")
    seed = written("fine_tune.seed")
    return TrainingPlan(
        version_id=_version(seed if isinstance(seed, int) else Recipe.seed),
        engine_url=url,
        base_model=str(written("fine_tune.model")),
        system_prompt=services().study.tuned_prompt,
        hyperparameters=Hyperparameters(
            n_epochs=epochs if isinstance(epochs, int) else None,
            batch_size=batch_size if isinstance(batch_size, int) else None,
            learning_rate_multiplier=multiplier if isinstance(multiplier, float) else None,
        ),
        adapter=Adapter(),
        seed=seed if isinstance(seed, int) else Recipe.seed,
        suffix=str(written("fine_tune.suffix") or "").strip(),
    )


def _version(seed: int) -> VersionId:
    chosen = written("fine_tune.version")
    if isinstance(chosen, str) and chosen != NEW:
        return VersionId(chosen)
    app = services()
    recipe = Recipe(seed=seed, accepted_only=bool(written("fine_tune.accepted_only")))
    return app.datasets.freeze(app.study.name, recipe).id
