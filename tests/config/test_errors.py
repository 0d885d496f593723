from __future__ import annotations

from collections.abc import Callable

import pytest

from pipelines.config import Config
from pipelines.errors import ConfigError

from .conftest import CITY

Site = Callable[..., Config]

WRONG = {
    "a key with a typo": ("server: {prot: 1}", r"config\.yaml:2: server\.prot .*did you mean 'port'"),
    "a top key with a typo": ("serverr: {}", r":2: serverr .*did you mean 'server'"),
    "a key in a list": (
        "areas:\n- {level: grid, file: config.yaml, id: a, name_zh: b, parnt: c}",
        r":3: areas\[0\]\.parnt .*'parent'",
    ),
    "a key under a kind": ("log: {kind: redis, url_secret: A, kee: 1}", r":2: log\.kee .*did you mean 'key'"),
    "a kind with a typo": (
        "sources:\n  a: {kind: tabluar}",
        r":3: sources\.a kind is 'tabluar'; did you mean 'tabular'",
    ),
    "a source without a kind": ("sources: {a: {}}", r"sources\.a has no `kind`; expected one of .*tabular"),
    "a word for a number": ("server: {port: eighty}", r"server\.port is 'eighty': expected a valid integer"),
    "a number out of range": ("server: {port: 99999}", r"server\.port is 99999: expected less than or equal to 65535"),
    "a number for a name": (
        "screens: {wall: {area: 360500}}",
        r"screens\.wall\.area is 360500: expected text: put it in quotes",
    ),
    "an unknown word": (
        "screens: {wall: {language: en_GB}}",
        r"screens\.wall\.language is 'en_GB': expected 'zh' or 'en'",
    ),
    "a secret in the file": (
        "log: {kind: redis, url_secret: 'redis://:pw@h'}",
        r"log\.url_secret is .*NAME of an environment variable",
    ),
    "a file that is not there": (
        "units: {file: nobody.csv, id: a, name_zh: b}",
        r"units\.file is 'nobody.csv': there is no such file: /.*nobody\.csv",
    ),
    "a source nobody declared": (
        "demo: {live: sim}\nsources: {live: {kind: simulator}}",
        r"demo\.live is 'sim': expected one of `sources`",
    ),
    "a demo of no form": ("demo: {import: [a.csv], sorce: a}", r"demo\.sorce .*did you mean 'source'"),
    "hours of no form": (
        "calendar: {work_hours: ['8-12']}",
        r"calendar\.work_hours\[0\] is '8-12': expected .*08:30-12:00",
    ),
    "areas in disorder": (
        "areas:\n"
        "- {level: grid, file: config.yaml, id: a, name_zh: b}\n"
        "- {level: county, file: config.yaml, id: a, name_zh: b}",
        r"areas have the levels grid, county: .*coarsest first",
    ),
    "a sign-in of another kind": ("sign_in: {users: []}", r"sign_in.*users"),
    "the secret of a directory in the file": (
        "sign_in: {oidc: {issuer: 'https://a.b', client_id: c, client_secret: hunter2}}",
        r"sign_in\.oidc\.client_secret .*NAME of an environment variable",
    ),
}


@pytest.mark.parametrize(("text", "expected"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_is_named_with_its_place_and_way_out(site: Site, text: str, expected: str) -> None:
    with pytest.raises(ConfigError, match=expected):
        site(CITY + text)


BROKEN = {
    "no YAML": ("a: [1,\nb: {", r"config\.yaml: broken YAML at line 2, column 5"),
    "a tab": ("city:\n\tid: 1", r"broken YAML at line 2, column 1"),
    "a key twice": ("pack: a\npack: b", r":2: pack is written twice"),
    "a list at the top": ("- a", r":1: expected keys with values, got a list"),
    "a loop": ("x: &a [*a]", r":1: x\[0\] contains itself"),
    "nothing at all": ("", r"city is missing"),
    "an unknown tag": ("a: !!python/object:os.system x", r"broken YAML at line 1, column 4"),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_not_a_configuration_is_refused(site: Site, text: str, expected: str) -> None:
    with pytest.raises(ConfigError, match=expected):
        site(text)


def test_a_mistake_in_the_pack_names_the_pack(site: Site) -> None:
    with pytest.raises(ConfigError, match=r"town/city\.yaml:2: server\.prot"):
        site("pack: town\nserver: {port: 1}", town__city_yaml=CITY + "server: {prot: 1}")


def test_a_mistake_over_the_pack_names_the_site(site: Site) -> None:
    with pytest.raises(ConfigError, match=r"config\.yaml:2: server\.port"):
        site("pack: town\nserver: {port: x}", town__city_yaml=CITY + "\nserver: {port: 1}")


def test_a_secret_is_not_repeated(site: Site) -> None:
    with pytest.raises(ConfigError) as caught:
        site(CITY + "log: {kind: redis, url_secret: 'redis://:letmein@host'}")
    assert "letmein" not in str(caught.value)


def test_all_mistakes_are_told_at_once(site: Site) -> None:
    with pytest.raises(ConfigError) as caught:
        site(CITY + "server: {port: x, hots: y}")
    assert str(caught.value).count("\n") == 1
