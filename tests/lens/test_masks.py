"""The masks of the database do what an independent implementation does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.warehouse import Warehouse, statement

PIECES = (
    "13812345678",
    "138 1234 5678",
    "139-0000-1111",
    "１３８１２３４５６７８",
    "36050219900101123X",
    "360502 19900101 1234",
    "0790-6441234",
    "6441234",
    "123456",
    "王小明先生",
    "欧阳修老师",
    "李女士",
    "联系人：张三丰",
    "业主:赵四",
    "姓名 钱多多",
    "Mr. John Smith",
    "Dr Who",
    "a.b@c.cn",
    "仙来大道123号",
    "3栋2单元501室",
    "十二号",
    "12A号",
    "45-2号",
    "号",
    "赣K12345",
    "赣K·12345",
    " ",
    ",",
    "，",
    "路口积水",
    "3 Main St",
    "4800 W CHICAGO AVE",
    "1",
    "2",
    "一",
    "渝水区",
    "*",
    "tag-1-2-3q",
)
free = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=7).map("".join),
    st.text(alphabet="0123456789０８Xx-·: 号室栋一十王李先生女士联系人：为叫名Mr. JohnAKa@,赣", max_size=40),
)
D = "[0-9０-９]"


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    opened = Warehouse(None, "Asia/Shanghai")
    yield opened
    opened.close()


def masked(warehouse: Warehouse, rule: str, words: str | None) -> str | None:
    found: str | None = warehouse.scalar(f"select mask_{rule}($words::varchar)", words=words)
    return found


@given(free)
@settings(max_examples=400, deadline=None)
def test_no_number_name_or_house_is_left(warehouse: Warehouse, words: str) -> None:
    text = masked(warehouse, "text", words) or ""
    assert not re.search(f"{D}{{7}}", text), text
    assert not re.search(f"[1１][3-9３-９]{D}[ -]?{D}{{4}}[ -]?{D}{{4}}", text), text
    assert not re.search(rf"{D}[A-Za-z]? ?(号|栋|单元|室|户)", text), text


@given(free)
@settings(max_examples=200, deadline=None)
def test_masking_the_masked_changes_nothing_that_matters(warehouse: Warehouse, words: str) -> None:
    once = masked(warehouse, "address", words)
    assert masked(warehouse, "address", words) == once
    kept = re.sub(r"[*]", "", once or "")
    # nothing is invented: what is left stood there in this order
    letters = iter(words)
    assert all(any(letter == other for other in letters) for letter in kept if letter not in "@-"), (words, once)


@given(st.text(max_size=12))
@settings(max_examples=150, deadline=None)
def test_a_name_keeps_its_first_letter(warehouse: Warehouse, name: str) -> None:
    name = name.replace("\0", "")
    expected = "*" * len(name) if len(name) < 2 else name[0] + "*" * (len(name) - 1)
    assert masked(warehouse, "name", name) == expected


def test_nothing_stays_nothing(warehouse: Warehouse) -> None:
    for rule in ("name", "text", "address", "actor"):
        assert masked(warehouse, rule, None) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("电话13812345678", "电话138********"),
        ("138 1234 5678找", "138********找"),
        ("身份证36050219900101123X。", "身份证******。"),
        ("仙来大道123号3栋2单元501室", "仙来大道**号**栋**单元**室"),
        ("王小明先生来电", "王**先生来电"),
        ("联系人：张三丰", "联系人：张**"),
        ("Mr. John Smith called", "Mr. J** called"),
        ("a.b@c.cn", "***@***"),
        ("赣K12345违停", "赣*****违停"),
        ("路口积水，2处", "路口积水，2处"),
    ],
)
def test_the_rules_as_they_read(warehouse: Warehouse, words: str, expected: str) -> None:
    assert masked(warehouse, "text", words) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [("4800 W CHICAGO AVE", "** W CHICAGO AVE"), ("仙来中大道45-2", "仙来中大道**"), ("Elm St 12, 3", "Elm St **, **")],
)
def test_an_address_has_no_number(warehouse: Warehouse, address: str, expected: str) -> None:
    assert masked(warehouse, "address", address) == expected


SURNAMES = sorted(
    set(re.findall(r"[一-龥]+", statement("schema/mask_people").split("[赵")[1].split(")[一-龥]")[0])),
    key=len,
)
SINGLE, DOUBLE = set("赵" + SURNAMES[-1]), {name for name in SURNAMES if len(name) == 2}
CALLED = ("先生", "女士", "小姐", "同志", "老师", "大爷", "大妈", "大娘", "阿姨", "师傅", "老人", "夫妇", "一家")


def addressed(words: str) -> str:
    """Mask whoever is addressed, letter by letter: surname, one or two letters, a form of address."""
    out, at = "", 0
    while at < len(words):
        taken = 0
        for surname in (words[at : at + 1], words[at : at + 2]):
            if taken or surname not in (SINGLE if len(surname) == 1 else DOUBLE):
                continue
            for given_length in (2, 1):
                begin = at + len(surname)
                name, rest = words[begin : begin + given_length], words[begin + given_length :]
                called = next((form for form in CALLED if rest.startswith(form)), None)
                if not taken and called and len(name) == given_length and all("一" <= c <= "龥" for c in name):
                    out += surname + "**" + called
                    taken = len(surname) + given_length + len(called)
        out, at = (out, at + taken) if taken else (out + words[at], at + 1)
    return out


@given(
    st.lists(st.sampled_from(["王", "小", "欧阳", "先生", "李", "老师", "x", "一家", "司马", "明"]), max_size=9).map(
        "".join
    )
)
@settings(max_examples=400, deadline=None)
def test_people_against_another_hand(warehouse: Warehouse, words: str) -> None:
    assert masked(warehouse, "people", words) == addressed(words)


def numbered(words: str) -> str:
    """Mask mobile numbers and long runs of digits, digit by digit."""
    out, at = "", 0
    while at < len(words):
        run = re.match(r"\d*", words[at:]).group()  # type: ignore[union-attr]
        if len(run) >= 15:
            taken = min(len(run), 6 + 9 + 3 + 1)
            out, at = out + "******", at + taken
        else:
            out, at = out + (run or words[at]), at + max(1, len(run))
    return re.sub(r"\d{7,}", "****", re.sub(r"(1[3-9]\d)\d{8}", r"\1********", out))


@given(
    st.lists(st.sampled_from(["1", "3", "8", "12345", "路", "13912345678", "0000000", "a"]), max_size=8).map("".join)
)
@settings(max_examples=400, deadline=None)
def test_numbers_against_another_hand(warehouse: Warehouse, words: str) -> None:
    assert masked(warehouse, "numbers", words) == numbered(words)
