"""Why a request is not answered, as the standard says it: a code and a description."""

from __future__ import annotations

from typing import Final

from pipelines.errors import CitybrainError, LogError, RegistryError, ReportRefused, ScopeError

WORDS: Final = {
    "outside": "lat and long lie outside this jurisdiction",
    "no-place": "the place is too wide: give lat and long, address_string, or the address_id of a smaller area",
    "unknown-category": "service_code was not found; GET services lists them",
}


class RequestRefused(CitybrainError):
    """The request is not answered."""

    def __init__(self, status: int, description: str) -> None:
        """Name the HTTP status, which is the standard's code too, and what was wrong."""
        self.status = status
        super().__init__(description)


def refusal(error: CitybrainError) -> RequestRefused:
    """Return an error as an outsider is told of it."""
    if isinstance(error, RequestRefused):
        return error
    if isinstance(error, ReportRefused):
        status = 404 if error.code == "unknown-category" else 400
        return RequestRefused(status, WORDS.get(error.code, f"the report was not taken: {error.code}"))
    if isinstance(error, ScopeError):
        return RequestRefused(403, "api_key does not open this")
    if isinstance(error, LogError | RegistryError):
        return RequestRefused(503, "the service is away for a moment; try again")
    return RequestRefused(400, "the request could not be answered as it was asked")
