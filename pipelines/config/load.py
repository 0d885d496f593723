"""Read the configuration: `config.yaml`, and the city pack it stands on."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from ..errors import ConfigError
from .nearest import explain
from .site import Config
from .written import Document, read

NAME = "config.yaml"
PACK_NAME = "city.yaml"
PACKS = Path(__file__).parents[1] / "cities"


def packs() -> list[str]:
    """Name the city packs that come with citybrain."""
    return sorted(file.parent.name for file in PACKS.glob(f"*/{PACK_NAME}"))


def load(path: Path | None = None, *, pack: str | None = None) -> Config:
    """Read a site's configuration, ``pack`` puts another city under it; raise `ConfigError` saying what is wrong."""
    file = (path or _default()).absolute()
    site = read(file)
    chosen = pack if pack is not None else site.values.get("pack")
    if chosen is None:
        return _checked(site, file.parent)
    if not isinstance(chosen, str):
        raise ConfigError(
            f"{site.mark(('pack',))}: pack is {chosen!r}: expected a name or a folder, in quotes if need be"
        )
    folder = _pack_folder(chosen, file.parent)
    whole = read(folder / PACK_NAME).under(site)
    whole.values["pack"] = str(chosen)
    return _checked(whole, folder, file.parent)


def _default() -> Path:
    """Look here, then where citybrain was cloned, then where it was installed."""
    places = [Path(NAME), Path(__file__).parents[2] / NAME, Path(__file__).parents[1] / NAME]
    return next((file for file in places if file.exists()), places[0])


def _pack_folder(name: str, beside: Path) -> Path:
    folders = [PACKS / name, beside / name]
    for folder in folders:
        if (folder / PACK_NAME).is_file():
            return folder
    raise ConfigError(
        f"there is no city pack {str(name)!r}: looked for {PACK_NAME} in {folders[0]} and {folders[1]}; "
        f"shipped packs: {', '.join(packs())}"
    )


def _checked(document: Document, *folders: Path) -> Config:
    try:
        config = Config.model_validate(document.values)
    except ValidationError as error:
        raise ConfigError(explain(error, Config, document)) from error
    config._folders = folders
    return config
