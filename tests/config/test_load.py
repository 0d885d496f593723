from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.config import Config, load, packs
from pipelines.errors import ConfigError

from .conftest import CITY

Site = Callable[..., Config]


@pytest.mark.parametrize("pack", packs())
def test_every_shipped_pack_loads(pack: str) -> None:
    config = load(pack=pack)
    assert config.pack == pack
    assert config.sources
    assert config.areas or not config.demo, "a city that can be shown has areas to draw"


def test_the_site_lies_over_its_pack(site: Site) -> None:
    config = site(
        "pack: town\nserver: {port: 9000}\ncity: {name_en: Township}",
        town__city_yaml=CITY + "server: {port: 8000, batch_milliseconds: 50}",
    )
    assert (config.city.name_en, config.city.name_zh) == ("Township", "城")
    assert (config.server.port, config.server.batch_milliseconds) == (9000, 50)


def test_the_caller_chooses_another_pack(site: Site) -> None:
    config = site("pack: town", pack="other", town__city_yaml=CITY, other__city_yaml=CITY.replace("Town", "Other"))
    assert (config.pack, config.city.name_en) == ("other", "Other")


def test_files_stand_beside_the_file_that_names_them(site: Site, tmp_path: Path) -> None:
    config = site(
        "pack: town\ncategories: {file: mine.csv, id: a, name_zh: b}",
        town__city_yaml=CITY + "units: {file: units.csv, id: a, name_zh: b}",
        town__units_csv="a,b\n",
        mine_csv="a,b\n",
    )
    assert config.units is not None
    assert config.categories is not None
    assert config.units.file == tmp_path / "town" / "units.csv"
    assert config.categories.file == tmp_path / "mine.csv"
    assert config.resolve("units.csv") == tmp_path / "town" / "units.csv"


def test_another_kind_replaces_the_packs(site: Site) -> None:
    config = site(
        "pack: town\nlog: {kind: embedded}", town__city_yaml=CITY + "log: {kind: redis, url_secret: A_URL, key: k}"
    )
    assert config.log.kind == "embedded"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=re.escape(str(tmp_path / "none.yaml"))):
        load(tmp_path / "none.yaml")


def test_a_missing_pack_names_those_there_are(site: Site, tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=rf"no city pack 'atlantis'.*{re.escape(str(tmp_path / 'atlantis'))}.*shipped"
    ):
        site("pack: atlantis")


def test_nothing_is_changed_once_loaded(site: Site) -> None:
    with pytest.raises(ValueError, match="frozen"):
        site(CITY).server.port = 1


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_a_node_binds_loopback(site: Site, host: str) -> None:
    assert site(CITY).bind(host, 0) == (host, 0)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "city.example"])
def test_a_node_without_sign_in_refuses_an_open_address(site: Site, host: str) -> None:
    with pytest.raises(ConfigError, match=rf"{re.escape(repr(host))}.*sign_in.*127\.0\.0\.1"):
        site(CITY).bind(host)
