from __future__ import annotations

from pathlib import Path

from pipelines.sources import tabular

from .reading import mapping, read, written


def test_text_fields_join_choose_replace_and_pad(tmp_path: Path) -> None:
    text = "id,reported,street,no,zip,zip2,kind\n1,2026-03-01,Main St,,2124.0,,P\n2,2026-03-01,Side St,7,,02116,Q\n"
    fields = {
        "id": "id",
        "reported": "reported",
        "address": {"columns": ["street", "no"], "join": ", "},
        "area": {"first_of": ["zip", "zip2"], "integer": True, "pad": 5},
        "category": {"column": "kind", "words": {"P": "Pothole"}},
        "channel": {"constant": "it's here"},
    }
    found = read(written(tmp_path, text), mapping(fields))
    assert found.column("address") == ["Main St", "Side St, 7"]
    assert found.column("area") == ["02124", "02116"]
    assert found.column("category") == ["Pothole", "Q"]
    assert found.column("channel") == ["it's here"] * 2


def test_blanks_of_all_kinds_and_null_words_are_nothing(tmp_path: Path) -> None:
    text = "id,reported,kind\n1,2026-03-01,\u3000\n2,2026-03-01,NA\n3,2026-03-01,\u00a0x \n4,2026-03-01,-\n"
    by = mapping({"id": "id", "reported": "reported", "category": "kind"}, null_words=["NA", "-"])
    found = read(written(tmp_path, text), by)
    assert found.column("category") == [None, None, "x", None]
    assert found.reasons == {"missing-category": 3}


def test_quotes_in_names_and_words_stay_text(tmp_path: Path) -> None:
    text = 'id,reported,"it\'s ""odd"""\n1,2026-03-01,\';drop table cases;--\n'
    fields = {"id": "id", "reported": "reported", "category": {"column": 'it\'s "odd"', "words": {"x'": "y'"}}}
    assert read(written(tmp_path, text), mapping(fields)).column("category") == ["';drop table cases;--"]


def test_the_state_counts_more_than_a_close_time(tmp_path: Path) -> None:
    text = (
        "id,reported,closed,state\n1,2026-03-01,2026-03-02,CLOSED\n2,2026-03-01,2026-03-02,open\n3,2026-03-01,,closed\n"
        "4,2026-03-01,2026-03-02,\n5,2026-03-01,,\n"
    )
    fields = {"id": "id", "reported": "reported", "closed": "closed", "status": "state"}
    found = read(written(tmp_path, text), mapping(fields, closed_states=["Closed"]))
    assert found.column("is_closed") == [True, False, True, True, False]
    assert found.reasons == {"close-time-while-open": 1, "closed-without-time": 1}


def test_rows_that_are_asked_for(tmp_path: Path) -> None:
    found = read(written(tmp_path, "id,reported,kind\n1,2026-03-01,a\n2,2026-03-01,b\n"), mapping(where={"kind": "b"}))
    assert found.column("id") == ["2"]
    assert found.reasons == {"not-selected": 1}


def test_blank_and_repeated_headers_get_names(tmp_path: Path) -> None:
    path = written(tmp_path, ",id,id,reported\n9,1,8,2026-03-01\n")
    fields = {"id": "id", "reported": "reported", "category": "id_2", "title": "column_1"}
    found = read(path, mapping(fields)).rows[0]
    assert (found["id"], found["category"], found["title"]) == ("1", "8", "9")


def test_titles_above_a_header_are_passed_over(tmp_path: Path) -> None:
    text = 'Cases of March;;\n"made, on";2026-03-09;\n\nid;reported;kind\n1;2026-03-01;a,b\n'
    found = read(written(tmp_path, text), mapping({"id": "id", "reported": "reported", "category": "kind"}))
    assert found.column("category") == ["a,b"]
    assert found.column("row") == ["cases.csv:5"]


def test_progress_ends_where_the_files_end(tmp_path: Path) -> None:
    paths = [written(tmp_path, "id,reported\n1,2026-03-01\n", name) for name in ("a.csv", "b.csv")]
    told: list[tuple[int, int]] = []
    list(tabular.read(paths, mapping(), time_zone="UTC", progress=lambda done, total: told.append((done, total))))
    size = sum(path.stat().st_size for path in paths)
    assert told[-1] == (size, size)
    assert all(done <= total for done, total in told)
