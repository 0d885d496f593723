from __future__ import annotations

import bz2
import gzip
import json
import lzma
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pytest

from .reading import mapping, read, written

DAY = datetime.fromisoformat("2026-03-01T08:30:00")
CHINESE = {
    "id": "案件编号",
    "reported": "上报时间",
    "closed": "结案时间",
    "status": "状态",
    "category": "类别",
    "area": "网格",
    "title": "问题描述",
}
CHINESE_TEXT = (
    "案件编号,上报时间,结案时间,状态,类别,网格,问题描述\n"
    "XY-1,2026年3月1日 08:30,2026年3月1日 下午 05:00,已结案,井盖破损,城北一格,“破损”，急\n"
    "XY-2,2026年3月2日 09:00,,处置中,占道经营,城北二格,\n"
)
CHINESE_DATES = {"formats": ["%Y年%m月%d日 %H:%M", "%Y年%m月%d日 %p %I:%M"]}


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_chinese_headers_survive_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, CHINESE_TEXT, encoding=encoding)
    stated = encoding if encoding == "utf-16-le" else "auto"
    by = mapping(CHINESE, dates=CHINESE_DATES, closed_states=["已结案"], encoding=stated, fallback_encoding="gb18030")
    found = read(path, by)
    assert found.times("reported_at") == ["2026-03-01 00:30:00", "2026-03-02 01:00:00"]
    assert found.times("closed_at") == ["2026-03-01 09:00:00", None]
    assert found.column("is_closed") == [True, False]
    assert found.rows[0]["title"] == "“破损”，急"


def test_traditional_chinese_comes_in_big5(tmp_path: Path) -> None:
    path = written(tmp_path, "編號,日期,類別\n1,2026-03-01,路燈\n", encoding="big5")
    by = mapping({"id": "編號", "reported": "日期", "category": "類別"}, encoding="big5")
    assert read(path, by).column("category") == ["路燈"]


def test_windows_text_with_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    text = "Nr;Gemeldet;Straße;Länge;Breite\n7;1.3.2026 8:30;Müllerstraße €;8,54;47,38\n"
    fields = {"id": "Nr", "reported": "Gemeldet", "address": "Straße", "point": {"lon": "Länge", "lat": "Breite"}}
    path = written(tmp_path, text, encoding="cp1252")
    found = read(path, mapping(fields, dates={"formats": ["%d.%m.%Y %H:%M"]}, decimal=","), time_zone="Europe/Zurich")
    assert found.column("address") == ["Müllerstraße €"]
    assert (found.column("lon"), found.column("lat")) == ([8.54], [47.38])
    assert found.times("reported_at") == ["2026-03-01 07:30:00"]


def test_a_workbook_with_titles_above_its_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["新余市网格案件汇总"])
    sheet.append(["制表", DAY])
    sheet.append([])
    sheet.append(["id", "reported", "zip", "note"])
    sheet.append([1001, DAY, 2124.0, None])
    sheet.append([1002, "2026/3/2 9:00", 2125, "text date"])
    sheet.append([1003, 46084.5, 2126, "a bare serial"])
    book.save(tmp_path / "cases.xlsx")
    fields = {"id": "id", "reported": "reported", "area": {"column": "zip", "integer": True, "pad": 5}}
    found = read(tmp_path / "cases.xlsx", mapping(fields, dates={"formats": ["%Y/%m/%d %H:%M", "excel"]}))
    assert found.times("reported_at") == ["2026-03-01 00:30:00", "2026-03-02 01:00:00", "2026-03-03 04:00:00"]
    assert found.column("area") == ["02124", "02125", "02126"]
    assert found.column("row") == ["cases.xlsx:5", "cases.xlsx:6", "cases.xlsx:7"]


POINT = {"type": "Point", "coordinates": [114.9, 27.8]}
NESTED = {"result": {"items": [
    {"no": 1, "time": {"reported": 1772325000000, "closed": 1772328600500}, "geo": POINT},
    {"no": 2, "time": {"reported": 1772325000001, "closed": None}, "geo": None},
]}}  # fmt: skip


def test_nested_json_with_epoch_milliseconds(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(NESTED), "cases.json")
    fields = {"id": "no", "reported": "time.reported", "closed": "time.closed", "point": "geo"}
    found = read(path, mapping(fields, records="result.items", dates={"formats": ["epoch_ms"]}))
    assert found.times("reported_at") == ["2026-03-01 00:30:00", "2026-03-01 00:30:00"]
    assert found.times("closed_at") == ["2026-03-01 01:30:00", None]
    assert (found.column("lon"), found.column("lat")) == ([114.9, None], [27.8, None])
    assert found.column("is_closed") == [True, False]


Orient = Literal["records", "columns", "split", "table", "index"]
FRAME = pd.DataFrame({"id": ["a", "b"], "reported": ["2026-03-01", "2026-03-02"], "category": ["x", None]})


@pytest.mark.parametrize("orient", ["records", "columns", "split", "table", "index"])
def test_every_way_pandas_writes_json(tmp_path: Path, orient: Orient) -> None:
    frame = FRAME.set_index("id", drop=False) if orient == "index" else FRAME
    text = frame.to_json(orient=orient)
    found = read(
        written(tmp_path, text, "cases.json"), mapping({"id": "id", "reported": "reported", "category": "category"})
    )
    assert found.column("id") == ["a", "b"]
    assert found.column("category") == ["x", None]


def test_columns_side_by_side(tmp_path: Path) -> None:
    text = json.dumps({"id": [1, 2], "reported": ["2026-03-01", "2026-03-02"]})
    assert read(written(tmp_path, text, "cases.json"), mapping()).column("id") == ["1", "2"]


def test_keys_that_records_leave_out_are_blank_and_noted(tmp_path: Path) -> None:
    text = '[{"id": 1, "reported": "2026-03-01"}, {"id": 2, "reported": "2026-03-01", "kind": "x"}]'
    fields = {"id": "id", "reported": "reported", "category": "kind", "closed": "closed"}
    found = read(written(tmp_path, text, "cases.json"), mapping(fields))
    assert found.column("category") == [None, "x"]
    assert found.reasons == {"missing-column": 1, "missing-category": 1}


def test_a_packed_file_whose_name_hides_it(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(gzip.compress(b"id,reported\n1,2026-03-01\n"))
    assert read(path, mapping()).column("id") == ["1"]


def test_day_and_time_cells_of_a_workbook_join(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "day", "time"])
    sheet.append([1, DAY.replace(hour=0, minute=0), DAY.time()])
    book.save(tmp_path / "cases.xlsx")
    found = read(tmp_path / "cases.xlsx", mapping({"id": "id", "reported": {"columns": ["day", "time"]}}))
    assert found.times("reported_at") == ["2026-03-01 00:30:00"]


def test_a_bad_line_of_json_lines_is_rejected_alone(tmp_path: Path) -> None:
    text = '{"id": 1, "reported": "2026-03-01"}\n{"id": 2, "repor\n\n{"id": 3, "reported": "2026-03-01", "more": 1}\n'
    found = read(written(tmp_path, text, "cases.jsonl"), mapping())
    assert found.column("row") == ["cases.jsonl:1", "cases.jsonl:4"]
    assert found.rejected == {"cases.jsonl:2"}


def test_a_file_without_a_header_has_numbered_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "1|2026-03-01|x\n2|2026-03-02|y\n")
    found = read(path, mapping({"id": 1, "reported": 2, "category": "3"}, header=False))
    assert found.column("category") == ["x", "y"]
    assert found.column("row") == ["cases.csv:1", "cases.csv:2"]


def test_two_date_formats_in_one_file_are_told_apart_by_value(tmp_path: Path) -> None:
    text = "id,reported\n1,2026-03-01 08:00\n2,03/02/2026 08:00\n3,2026-03-03T08:00:00+01:00\n4,1772325000\n5,soon\n"
    by = mapping(dates={"formats": ["%Y-%m-%d %H:%M", "%m/%d/%Y %H:%M", "iso", "epoch_s"]})
    found = read(written(tmp_path, text), by)
    assert found.times("reported_at") == [
        "2026-03-01 00:00:00", "2026-03-02 00:00:00", "2026-03-03 07:00:00", "2026-03-01 00:30:00",
    ]  # fmt: skip
    assert found.rejected == {"cases.csv:6"}
    assert found.reasons == {"unparseable-date": 1}


PACKERS: dict[str, Any] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("suffix", sorted(PACKERS))
def test_tabs_in_a_packed_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cases.tsv{suffix}"
    path.write_bytes(PACKERS[suffix](b"id\treported\tcategory\n1\t2026-03-01\ta,b;c\n"))
    found = read(path, mapping({"id": "id", "reported": "reported", "category": "category"}))
    assert found.column("category") == ["a,b;c"]


def test_a_zip_of_many_files_and_one_that_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("2026/b.csv", "reported,id\n2026-03-02,2\n")
        archive.writestr("2026/a.csv", "id,reported,extra\n1,2026-03-01,x\n")
        archive.writestr("README.txt", "what this is")
        archive.writestr("logo.png", b"\x89PNG")
        archive.writestr("c.csv.gz", gzip.compress(b"id,reported\n3,2026-03-03\n"))
    found = read(tmp_path / "all.zip", mapping())
    assert found.column("id") == ["1", "2", "3"]
    assert found.column("row")[0] == "all.zip/2026/a.csv:2"
    left_out = [issue["row"] for issue in found.issues.to_pylist() if issue["reason"] == "file-left-out"]
    assert left_out == ["all.zip/README.txt:0", "all.zip/logo.png:0"]


def typed() -> pa.Table:
    return pa.table(
        {
            "id": pa.array([101001242404.0, None]),
            "reported": pa.array([DAY, DAY], pa.timestamp("ns")),
            "closed": pa.array([DAY, None], pa.timestamp("ms", tz="Asia/Shanghai")),
            "kind": pa.array(["x", "y"]).dictionary_encode(),
            "at": pa.array([{"lon": 114.9, "lat": 27.8}, None]),
        }
    )


@pytest.mark.parametrize("name", ["cases.parquet", "cases.feather"])
def test_typed_columns_keep_their_dates_and_numbers(tmp_path: Path, name: str) -> None:
    writers: dict[str, Any] = {"parquet": pyarrow.parquet.write_table, "feather": pyarrow.feather.write_feather}
    writers[name.partition(".")[2]](typed(), str(tmp_path / name))
    fields = {
        "id": "id",
        "reported": "reported",
        "closed": "closed",
        "category": "kind",
        "point": {"lon": "at.lon", "lat": "at.lat"},
    }
    found = read(tmp_path / name, mapping(fields, dates={"formats": ["%d/%m/%Y"]}))
    assert found.rows[0]["id"] == "101001242404"
    assert found.times("reported_at") == ["2026-03-01 00:30:00"] * 2
    assert found.times("closed_at") == ["2026-03-01 08:30:00", None]
    assert found.column("category") == ["x", "y"]
    assert found.column("lon") == [114.9, None]


def test_line_breaks_in_quotes_do_not_shift_the_lines(tmp_path: Path) -> None:
    text = 'id,reported,title\n1,2026-03-01,"two\nlines ""quoted"""\n2,2026-03-02,plain\n3,never,plain\n'
    found = read(written(tmp_path, text), mapping({"id": "id", "reported": "reported", "title": "title"}))
    assert found.column("title") == ['two\nlines "quoted"', "plain"]
    assert found.column("row") == ["cases.csv:2", "cases.csv:4"]
    assert found.rejected == {"cases.csv:5"}


def test_ragged_rows_are_rejected_and_kept(tmp_path: Path) -> None:
    text = "id,reported,title\n1,2026-03-01,a\n2,2026-03-01\n3,2026-03-01,c,d\n\n4,2026-03-01,e\n,,\n"
    found = read(written(tmp_path, text), mapping())
    assert found.column("row") == ["cases.csv:2", "cases.csv:6"]
    kept = {issue["row"]: (issue["reason"], issue["raw"]) for issue in found.issues.to_pylist()}
    assert kept["cases.csv:3"] == ("wrong-field-count", "2,2026-03-01")
    assert kept["cases.csv:4"] == ("wrong-field-count", "3,2026-03-01,c,d")
    assert {row for row, (reason, _) in kept.items() if reason == "blank-row"} == {"cases.csv:5", "cases.csv:7"}


def test_a_quote_that_never_closes_rejects_what_it_swallowed(tmp_path: Path) -> None:
    text = 'id,reported,title\n1,2026-03-01,fine\n2,2026-03-01,"open\n3,2026-03-01,gone\n'
    found = read(written(tmp_path, text), mapping())
    assert found.column("id") == ["1"]
    assert found.reasons == {"unclosed-quote": 1}
    assert "gone" in found.issues.to_pylist()[0]["raw"]


def test_a_ragged_row_of_invalid_bytes_is_rejected_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(b"id,reported\n1,2026-03-01\ncaf\xe9,2026-03-01,x\n2,2026-03-01\n")
    found = read(path, mapping(encoding="utf-8"))
    assert found.column("row") == ["cases.csv:2", "cases.csv:4"]
    assert found.reasons == {"wrong-field-count": 1, "replaced-bytes": 1}


@pytest.mark.parametrize("name", ["cases.json", "cases.jsonl"])
def test_invalid_bytes_in_json_are_counted_too(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    record = b'{"id": "caf\xe9", "reported": "2026-03-01"}'
    path.write_bytes(b"[" + record + b"]" if name.endswith("json") else record)
    found = read(path, mapping(encoding="utf-8"))
    assert found.column("id") == ["caf\ufffd"]
    assert found.reasons == {"replaced-bytes": 1}


def test_bytes_unknown_to_an_old_encoding_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes("id,reported,类别\n1,2026-03-01,".encode("gb18030") + b"\xff\n2,2026-03-01,x\n")
    found = read(path, mapping({"id": "id", "reported": "reported", "category": "类别"}, encoding="gb18030"))
    assert found.column("category") == ["\ufffd", "x"]
    assert [(issue["reason"], issue["row"]) for issue in found.issues.to_pylist()] == [
        ("replaced-bytes", "cases.csv:2")
    ]


def test_invalid_bytes_are_replaced_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    good = b"".join(b"%d,2026-03-01,%s\n" % (n, b"x" * 1000) for n in range(5_000))
    path.write_bytes(b"id,reported,title\n" + good + b"x,2026-03-01,caf\xe9\n")
    found = read(path, mapping({"id": "id", "reported": "reported", "title": "title"}))
    assert found.rows[-1]["title"] == "caf\ufffd"
    assert [(issue["reason"], issue["row"]) for issue in found.issues.to_pylist()] == [
        ("replaced-bytes", "cases.csv:5002")
    ]
