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


class QueryEnded(QueryError):
    """The question was cancelled before it was answered."""


class QueryTooLong(QueryError):
    """The question took longer than it may."""


class TooManyQuestions(QueryError):
    """Others are being answered first."""


class RewindError(CitybrainError):
    """The city cannot be shown as of that moment."""


class ReportRefused(CitybrainError):
    """The report cannot be taken."""

    def __init__(self, code: str, **values: object) -> None:
        """Name the reason; its words in a person's language are in the screens' catalogue."""
        self.code = code
        self.values = values
        super().__init__(f"report refused, {code}: " + ", ".join(f"{k} {v}" for k, v in values.items()))


class CommandRefused(CitybrainError):
    """The command is not carried out."""

    def __init__(self, code: str, **values: object) -> None:
        """Name the reason; its words in a person's language are in the screens' catalogue."""
        self.code = code
        self.values = values
        super().__init__(f"command refused, {code}: " + ", ".join(f"{k} {v}" for k, v in values.items()))


class AttachmentRefused(CitybrainError):
    """The file cannot be attached."""

    def __init__(self, code: str, **values: object) -> None:
        """Name the reason; its words in a person's language are in the screens' catalogue."""
        self.code = code
        self.values = values
        super().__init__(f"file refused, {code}: " + ", ".join(f"{k} {v}" for k, v in values.items()))


class LogError(CitybrainError):
    """The log cannot be read or written."""


class Outrun(LogError):
    """Others appended to the log meanwhile."""


class StorageFull(LogError):
    """The disk is full; nothing was acknowledged."""


class RegistryError(CitybrainError):
    """The registry cannot be read or written."""


class DatabaseLocked(CitybrainError):
    """Another process holds the database file."""
