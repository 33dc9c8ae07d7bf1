"""ParseOptions: everything a caller can choose, in one frozen object."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from speechparse.errors import OptionsError

SCRIPTS = ("simplified", "keep")


@dataclass(frozen=True, kw_only=True, slots=True)
class ParseOptions:
    """Options of `parse`, `parse_many` and `clean`.

    reference_date: the day on which the speech was given, where the caller knows it. It gives 今年, 年底前, 10月底
        their year when the speech itself states none. Never "now": without it and without a year in the speech the year
        stays unknown (`XXXX-12-31`).
    encoding: the encoding of bytes, where the caller knows it; otherwise it is detected.
    script: `simplified` converts traditional characters, `keep` leaves the script as it is.
    resolve_years: write the year that the text gives away by other means (“十一五”规划的最后一年) into the records,
        where the speech masks its year. Without it the mask stays and a warning names the evidence.
    time_limit: the seconds of real time that one document may take, the loading of dictionaries for the first one
        included; when they are over, `parse` and `clean` raise TimeLimitError. None: as long as it takes. The stages
        ask for the time on their way, so it works in every thread and on every platform; what it can't interrupt is
        the reading of a file, the loading of a dictionary, and a single pattern on its way through the text. It never
        changes what is found.
    """

    reference_date: dt.date | None = None
    encoding: str | None = None
    script: str = "simplified"
    resolve_years: bool = False
    time_limit: float | None = None

    def __post_init__(self) -> None:
        if self.script not in SCRIPTS:
            raise OptionsError(f"script={self.script!r} is not one of {', '.join(SCRIPTS)}")
        if self.reference_date is not None and not isinstance(self.reference_date, dt.date):
            raise OptionsError(f"reference_date={self.reference_date!r} is not a datetime.date")
        if self.encoding is not None:
            try:
                "".encode(self.encoding)
            except LookupError as error:
                problem = f"encoding={self.encoding!r} is not one that Python knows"
                raise OptionsError(f"{problem}; leave it out, and it is detected") from error
        if self.time_limit is not None and not self.time_limit > 0:
            problem = f"time_limit={self.time_limit!r} is not a number of seconds above 0"
            raise OptionsError(f"{problem}; leave it out, and a document may take as long as it does")
