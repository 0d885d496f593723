"""Every exception of the project, in one small tree; a class's docstring is its default message."""

from __future__ import annotations


class CitybrainError(Exception):
    """Something in citybrain went wrong."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class ConfigError(CitybrainError):
    """The configuration cannot be used."""


class SourceError(CitybrainError):
    """A source cannot be read."""


class MappingError(SourceError):
    """A source's mapping does not fit its file."""


class EventError(CitybrainError):
    """An event is not one of ours."""


class IllegalTransition(CitybrainError):
    """The case's state does not allow this command."""


class AreaError(CitybrainError):
    """No such area."""


class ScopeError(CitybrainError):
    """The viewer may not see this."""


class ViewError(CitybrainError):
    """No such view."""


class QueryError(CitybrainError):
    """The query cannot be answered."""


class LogError(CitybrainError):
    """The log cannot be read or written."""


class StorageFull(LogError):
    """The disk is full; nothing was acknowledged."""


class DatabaseLocked(CitybrainError):
    """Another process holds the database file."""
