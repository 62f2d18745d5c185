"""Files, tokens and errors over HTTP."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from openai import AuthenticationError, BadRequestError, NotFoundError, OpenAI

from dashboard.local_engine.routes.size import LARGEST_FILE

from .conftest import TOKEN, RunningEngine

Contract = Callable[[str, Any], None]


def test_a_file_comes_back_as_it_went(engine: RunningEngine) -> None:
    content = '{"a": "😊"}\r\n'.encode()
    client = engine.client
    file = client.files.create(file=("../odd näme.jsonl", content), purpose="fine-tune")
    assert (file.status, file.bytes, file.filename) == ("processed", len(content), "odd näme.jsonl")
    assert client.files.content(file.id).content == content
    assert client.files.wait_for_processing(file.id).id == file.id
    assert client.files.delete(file.id).deleted
    with pytest.raises(NotFoundError):
        client.files.retrieve(file.id)


def test_a_file_of_many_megabytes_is_streamed_to_disk(engine: RunningEngine) -> None:
    file = engine.upload("x" * 5_000_000)
    assert len(engine.client.files.content(file).content) == 5_000_000
    assert not list((engine.folder / "incoming").glob("tmp*"))


def test_files_are_listed_in_pages_that_end(engine: RunningEngine, contract: Contract) -> None:
    made = [engine.upload(str(number)) for number in range(5)]
    listed = [file.id for file in engine.client.files.list(limit=2, order="asc")]
    assert [file for file in listed if file in made] == made
    newest = engine.client.files.list(limit=5).data
    assert [file.id for file in newest] == made[::-1]
    contract("ListFilesResponse", engine.http.get("/files").json())
    nothing = engine.http.get("/files", params={"purpose": "batch"}).json()
    contract("ListFilesResponse", nothing)
    assert nothing["data"] == [] and nothing["has_more"] is False
    contract("OpenAIFile", engine.http.get(f"/files/{made[0]}").json())


def test_a_file_may_expire(engine: RunningEngine) -> None:
    file = engine.client.files.create(
        file=("a.jsonl", b"a"),
        purpose="fine-tune",
        expires_after={"anchor": "created_at", "seconds": 3600},
    )
    assert file.expires_at == file.created_at + 3600
    with pytest.raises(BadRequestError, match="3600 to 2592000"):
        engine.client.files.create(
            file=("a.jsonl", b"a"),
            purpose="fine-tune",
            expires_after={"anchor": "created_at", "seconds": 5},
        )


def test_a_file_over_the_limit_is_refused_before_it_is_sent(engine: RunningEngine) -> None:
    address = httpx2.URL(engine.url)
    head = f"POST /v1/files HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {TOKEN}\r\n"
    head += "content-type: multipart/form-data; boundary=x\r\n"
    head += f"content-length: {LARGEST_FILE + 1_000_000}\r\n\r\n"
    with socket.create_connection((address.host, address.port or 80), timeout=10) as connection:
        connection.sendall(head.encode())
        answer = ""
        while "512 MB" not in answer and (more := connection.recv(65_536)):
            answer += more.decode()  # headers and body may come in two pieces
    assert "413" in answer.splitlines()[0] and "512 MB" in answer


REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("POST", "/files", {"data": {"purpose": "fine-tune"}, "files": {"other": b"x"}}, 400),
    ("POST", "/files", {"data": {"purpose": "evil"}, "files": {"file": b"x"}}, 400),
    ("POST", "/files", {"data": {"purpose": "batch", "x": "y"}, "files": {"file": b"x"}}, 400),
    ("POST", "/files", {"content": b"nothing"}, 400),
    ("GET", "/files?limit=0", {}, 400),
    ("GET", "/files?after=file-none", {}, 400),
    ("GET", "/files/file-none/content", {}, 404),
    ("GET", "/nowhere", {}, 404),
    ("PUT", "/files", {}, 405),
    ("POST", "/fine_tuning/jobs", {"content": b"{nope"}, 400),
    ("POST", "/fine_tuning/jobs", {"content": b"[]"}, 400),
    ("POST", "/fine_tuning/jobs", {"content": b"[" * 100_000}, 400),
    ("POST", "/fine_tuning/jobs", {"json": {"model": "tiny"}}, 400),
    ("GET", "/fine_tuning/jobs/ftjob-none/events", {}, 404),
    ("GET", "/models/org%2Fname", {}, 404),
    ("POST", "/chat/completions", {"content": b'{"model": "\xff"}'}, 400),
]


@pytest.mark.parametrize("case", REFUSED)
def test_every_refusal_is_a_final_sentence_with_four_keys(
    engine: RunningEngine,
    contract: Contract,
    case: tuple[str, str, dict[str, Any], int],
) -> None:
    method, address, fields, status = case
    answer = engine.http.request(method, address, **fields)
    assert answer.status_code == status
    contract("ErrorResponse", answer.json())
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
    assert answer.headers["x-should-retry"] == "false"


def test_a_model_name_with_a_slash_is_read_as_one_name(engine: RunningEngine) -> None:
    answer = engine.http.get("/models/org%2Fname:1")
    assert "'org/name:1'" in answer.json()["error"]["message"]


@pytest.mark.parametrize("key", ["wrong", "a-token-for-test", "ä"])
def test_a_wrong_key_is_refused(engine: RunningEngine, key: str) -> None:
    if key.isascii():
        with pytest.raises(AuthenticationError) as refusal:
            OpenAI(base_url=engine.url, api_key=key).models.list()
        assert refusal.value.code == "invalid_api_key"
    answer = engine.http.get("/models", headers=[(b"authorization", f"Bearer {key}".encode())])
    assert answer.status_code == 401
