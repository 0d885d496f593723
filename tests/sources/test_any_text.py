from __future__ import annotations

import csv
import io
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.errors import CitybrainError

from .reading import mapping, read

BY = mapping({"id": "id", "reported": "reported", "title": "title"}, null_words=[])
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
FEW = settings(deadline=None, max_examples=40)


def comparable(text: str) -> str:
    """A cell as it may come back: without blanks around it, line breaks of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


@FEW
@given(st.lists(CELL, min_size=1, max_size=12), st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]))
def test_every_text_comes_back_as_it_was(titles: list[str], delimiter: str, ending: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "reported", "title"])
    writer.writerows([str(n), "2026-03-01", title] for n, title in enumerate(titles))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.csv"
        path.write_bytes(out.getvalue().encode())
        found = read(path, BY)
    assert [comparable(title or "") for title in found.column("title")] == [comparable(title) for title in titles]
    assert found.column("id") == [str(n) for n in range(len(titles))]


@FEW
@given(
    st.binary(max_size=300), st.sampled_from(["cases.csv", "cases.json", "cases.jsonl", "cases.zip", "cases.csv.gz"])
)
def test_any_bytes_are_rows_or_an_error_of_ours(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(b"id,reported,title\n" + data if name == "cases.csv" else data)
        with suppress(CitybrainError):
            read(path, BY)
