from __future__ import annotations

import gzip
import json
import random
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from pydantic import ValidationError

from pipelines.errors import MappingError, SourceError

from .reading import mapping, read, written

ROWS = "id,reported\n" + "".join(f"{n},2026-03-01\n" for n in range(200_000))


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cases\.csv: the file is empty \(0 bytes\)"):
        read(written(tmp_path, ""), mapping())
    with pytest.raises(SourceError, match=r"blank\.csv: the file is empty"):
        read(written(tmp_path, "\n \n", "blank.csv"), mapping())


def test_a_header_alone_is_no_error(tmp_path: Path) -> None:
    assert read(written(tmp_path, "id,reported\n"), mapping()).read == 0


@pytest.mark.parametrize("keep", [0.5, 0.999])
def test_a_cut_file_keeps_what_came_before(tmp_path: Path, keep: float) -> None:
    whole = gzip.compress(ROWS.encode())
    path = tmp_path / "cases.csv.gz"
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(SourceError, match=r"cases\.csv\.gz: damaged or cut short .*a sound copy adds the rest"):
        read(path, mapping())


def test_a_corrupt_file_is_named(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(random.Random(1).randbytes(20_000).hex().encode()))
    whole[len(whole) // 2] ^= 0xFF
    path = tmp_path / "cases.csv.gz"
    path.write_bytes(whole)
    with pytest.raises(SourceError, match=r"cases\.csv\.gz"):
        read(path, mapping(header=False, fields={"reported": 1}))


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        read(tmp_path / "nowhere.csv", mapping())
    with pytest.raises(SourceError, match="is a folder"):
        read(tmp_path, mapping())


def test_a_wrong_column_gets_the_nearest_one(tmp_path: Path) -> None:
    path = written(tmp_path, "Case ID,Open Date,Kind\n1,2026-03-01,x\n")
    with pytest.raises(
        MappingError, match=r"no column 'OpenDate', named by fields\.reported; did you mean 'Open Date'\?"
    ):
        read(path, mapping({"id": "Case ID", "reported": "OpenDate"}))


def test_a_key_no_record_has_gets_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"no column 'reportd', named by fields\.reported; did you mean 'reported'"):
        read(written(tmp_path, '[{"reported": "2026-03-01"}]', "cases.json"), mapping({"reported": "reportd"}))


def test_another_files_columns_are_listed(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="It has: 'colour', 'size'"):
        read(written(tmp_path, "colour,size\nred,2\n"), mapping())


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "cases.xlsx")
    with pytest.raises(MappingError, match="no sheet '2026'; it has 'Sheet'"):
        read(tmp_path / "cases.xlsx", mapping(sheet="2026"))
    with pytest.raises(SourceError, match="the sheet is empty"):
        read(tmp_path / "cases.xlsx", mapping())


@pytest.mark.parametrize("name", ["cases.xlsx", "cases.parquet", "cases.feather", "cases.json"])
def test_a_file_that_is_not_what_its_name_says(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=re.escape(name) + ": not readable as"):
        read(written(tmp_path, "id,reported\n1,2026-03-01\n", name), mapping())


def test_a_kind_of_file_nobody_reads(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'\.xls' is no kind of file that can be read; set `format` to one of csv"):
        read(written(tmp_path, "id,reported\n", "cases.xls"), mapping())


def test_a_stated_format_counts_more_than_the_name(tmp_path: Path) -> None:
    assert read(written(tmp_path, "id,reported\n1,2026-03-01\n", "export.php"), mapping(format="csv")).read == 1


def test_a_zip_without_cases(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("notes.csv", "id,reported\n")
    with pytest.raises(SourceError, match=r"none of its 1 files matches files: '\*-street\.csv'"):
        read(tmp_path / "all.zip", mapping(files="*-street.csv"))


def test_a_locked_zip(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "id,reported\n")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(SourceError, match=r"'a\.csv' is locked with a password"):
        read(path, mapping())


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({"result": {"rows": []}}, "result.items", "no 'items' on the path records: 'result.items'; there is 'rows'"),
        ({"a": 1, "b": 2}, "", "no list of records; set `records` to the path of one, from 'a', 'b'"),
        (7, "", "the records are a int, expected a list"),
    ],
)
def test_records_that_are_not_where_they_should_be(tmp_path: Path, document: object, path: str, words: str) -> None:
    with pytest.raises(MappingError, match=re.escape(words)):
        read(written(tmp_path, json.dumps(document), "cases.json"), mapping(records=path))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"encoding": "gb18O30"}, "'gb18O30' is no encoding"),
        ({"delimiter": "::"}, "expected one character or 'auto'"),
        ({"crs": "WGS84"}, "expected 'EPSG:<number>', 'GCJ-02' or 'BD-09'"),
        ({"dates": {"formats": ["yyyy-MM-dd"]}}, "expected a pattern such as '%Y-%m-%d %H:%M:%S' or one of iso"),
        ({"dates": {"time_zone": "Peking"}}, "expected an IANA time zone"),
        ({"dates": {"sentinels": ["1/1/1900"]}}, "expected a date such as '1900-01-01'"),
        ({"fields": {"reported": {"columns": ["a"], "column": "b"}}}, "exactly one of `column`, `columns`"),
        ({"fields": {"reported": "a", "point": {"lon": "x"}}}, "expected both `lon` and `lat`, or `column`"),
    ],
)
def test_a_mapping_that_cannot_be_meant(wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(words)):
        mapping(**wrong)  # type: ignore[arg-type]


def test_an_unknown_epsg_number(tmp_path: Path) -> None:
    path = written(tmp_path, "id,reported,x,y\n1,2026-03-01,1,2\n")
    with pytest.raises(MappingError, match="'EPSG:99999' is not a known coordinate system"):
        read(path, mapping({"id": "id", "reported": "reported", "point": {"lon": "x", "lat": "y"}}, crs="EPSG:99999"))
