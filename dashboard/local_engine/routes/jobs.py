"""Creating, following and cancelling fine-tuning jobs."""

from __future__ import annotations

from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..disk import share
from ..errors import invalid
from ..records.estimate import estimated_finish
from ..records.jobs import Job, JobStatus
from ..requests.job_request import job_from_request
from ..training.plan import TRAINING_ROWS, VALIDATION_ROWS
from .answers import json_body, page
from .engine import Engine, engine_of

JOBS_PAGE: Final = 20
EVENTS_PAGE: Final = 20
CHECKPOINTS_PAGE: Final = 10
FILTER: Final = "metadata["


async def create(request: Request) -> Response:
    """Take a job on; its files are checked after the answer."""
    job = job_from_request(await json_body(request))
    await run_in_threadpool(_take_on, engine_of(request), job)
    return JSONResponse(job.answer())


def _take_on(engine: Engine, job: Job) -> None:
    if job.model not in engine.catalog.bases:
        engine.catalog.find(job.model)
        message = f"{job.model!r} is already tuned: train from one of the base models."
        raise invalid(message, "model")
    folder = engine.jobs.folder(job.id)
    sources = {TRAINING_ROWS: engine.files.content(_usable(engine, job, "training_file"))}
    if job.validation_file is not None:
        sources[VALIDATION_ROWS] = engine.files.content(_usable(engine, job, "validation_file"))
    folder.mkdir()
    for name, source in sources.items():
        share(source, folder / name)
    engine.jobs.add(job)
    engine.queue.submit(job)


def _usable(engine: Engine, job: Job, param: str) -> str:
    file = engine.files.get(getattr(job, param), param)
    if file.purpose != "fine-tune":
        advice = "upload it again with the purpose 'fine-tune'."
        raise invalid(f"The file {file.id} has the purpose {file.purpose!r}: {advice}", param)
    return file.id


async def listed(request: Request) -> Response:
    """Jobs, newest first, by their metadata if asked."""
    return JSONResponse(await run_in_threadpool(_page_of_jobs, request))


def _page_of_jobs(request: Request) -> dict[str, Any]:
    engine = engine_of(request)
    jobs = [job for job in engine.jobs.newest_first() if _matches(job, request.query_params)]
    answers = [_answer(engine, job) for job in jobs]
    return page(answers, request.query_params, JOBS_PAGE).answer()


def _matches(job: Job, query: QueryParams) -> bool:
    if query.get("metadata") == "null" and job.metadata:
        return False
    pairs = {key[len(FILTER) : -1]: query[key] for key in query if key.startswith(FILTER)}
    return all((job.metadata or {}).get(key) == value for key, value in pairs.items())


def _answer(engine: Engine, job: Job) -> dict[str, Any]:
    if job.status is not JobStatus.RUNNING:
        return job.answer()
    return job.answer(estimated_finish(job, engine.jobs.events(job.id).metrics()))


async def one(request: Request) -> Response:
    """How far a job is."""
    engine = engine_of(request)
    job = engine.jobs.get(request.path_params["job_id"])
    return JSONResponse(await run_in_threadpool(_answer, engine, job))


async def cancel(request: Request) -> Response:
    """End a job."""
    job = await run_in_threadpool(engine_of(request).queue.cancel, request.path_params["job_id"])
    return JSONResponse(job.answer())


async def pause_or_resume(request: Request) -> Response:
    """Refuse what is not offered, in a sentence."""
    job = engine_of(request).jobs.get(request.path_params["job_id"])
    message = f"Jobs cannot be paused here: cancel {job.id} and create it again later."
    raise invalid(message, "fine_tuning_job_id")


async def events(request: Request) -> Response:
    """What happened, newest first."""
    job = engine_of(request).jobs.get(request.path_params["job_id"])
    answers = await run_in_threadpool(engine_of(request).jobs.events(job.id).answers)
    return JSONResponse(page(answers, request.query_params, EVENTS_PAGE).answer())


async def checkpoints(request: Request) -> Response:
    """The adapters that can be asked by name, newest first."""
    job = engine_of(request).jobs.get(request.path_params["job_id"])
    shelf = engine_of(request).jobs.checkpoints(job.id)
    saved = await run_in_threadpool(shelf.served)
    answers = [checkpoint.answer(job.id) for checkpoint in reversed(saved)]
    return JSONResponse(page(answers, request.query_params, CHECKPOINTS_PAGE).with_ids(None))


ROUTES: Final = [
    Route("/fine_tuning/jobs", create, methods=["POST"]),
    Route("/fine_tuning/jobs", listed, methods=["GET"]),
    Route("/fine_tuning/jobs/{job_id}", one, methods=["GET"]),
    Route("/fine_tuning/jobs/{job_id}/cancel", cancel, methods=["POST"]),
    Route("/fine_tuning/jobs/{job_id}/pause", pause_or_resume, methods=["POST"]),
    Route("/fine_tuning/jobs/{job_id}/resume", pause_or_resume, methods=["POST"]),
    Route("/fine_tuning/jobs/{job_id}/events", events, methods=["GET"]),
    Route("/fine_tuning/jobs/{job_id}/checkpoints", checkpoints, methods=["GET"]),
]
