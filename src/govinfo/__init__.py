"""China's yearly open government information reports (政府信息公开工作年度报告) as typed, immutable values.

Read a published document, look at its figures, check every sum, and write it out again:

>>> import govinfo
>>> report = govinfo.Report(year=2023)
>>> govinfo.from_json(govinfo.to_json(report)) == report
True
"""

from importlib import import_module
from sys import modules as _modules
from typing import TYPE_CHECKING

from govinfo.errors import (
    AddressError,
    BrokenReportError,
    DataError,
    FigureError,
    FormatError,
    FormError,
    GovinfoError,
    MissingExtraError,
    ProfileError,
    ReadError,
    RenderError,
    UnknownFormError,
)
from govinfo.findings import Finding, Findings, Severity, Verdict
from govinfo.form import Form
from govinfo.forms import CN_2019, CN_2021, FORMS, form_for
from govinfo.hypothesis_plugin import register as _register
from govinfo.keys import (
    ORGANISATIONS,
    AdminLevel,
    Applicant,
    DisputeResult,
    DisputeTrack,
    Flow,
    OrganKind,
    Outcome,
    OutcomeGroup,
    ProactiveColumn,
    ProactiveRow,
    ReportScope,
    Section,
)
from govinfo.reading import Reading
from govinfo.report import CellState, Counts, Mark, Report, Table

if TYPE_CHECKING:
    from govinfo.combine import aggregate, diff
    from govinfo.convert import from_csv, from_dict, from_json, json_schema, make_converter, to_csv, to_dict, to_json
    from govinfo.locator import Change, Correction, Diagnosis, Slip, locate
    from govinfo.prose import Claim, claims
    from govinfo.readers import read
    from govinfo.renderers import render
    from govinfo.rules import NOT_COMPUTABLE, PROFILES, RULES, Profile, check, check_parts, check_years
else:
    # What these need is loaded when one of them is first used, so that `import govinfo` stays light.
    _MODULE_OF = {
        "aggregate": "combine",
        "diff": "combine",
        "from_csv": "convert",
        "from_dict": "convert",
        "from_json": "convert",
        "json_schema": "convert",
        "make_converter": "convert",
        "to_csv": "convert",
        "to_dict": "convert",
        "to_json": "convert",
        "Change": "locator",
        "Correction": "locator",
        "Diagnosis": "locator",
        "Slip": "locator",
        "locate": "locator",
        "Claim": "prose",
        "claims": "prose",
        "read": "readers",
        "render": "renderers",
        "NOT_COMPUTABLE": "rules",
        "PROFILES": "rules",
        "RULES": "rules",
        "Profile": "rules",
        "check": "rules",
        "check_parts": "rules",
        "check_years": "rules",
    }

    def __getattr__(name: str) -> object:
        """A public name that is not loaded yet."""
        if (module := _MODULE_OF.get(name)) is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value = getattr(import_module(f"{__name__}.{module}"), name)
        return value


if "hypothesis.strategies" in _modules:  # imported before this: its entry point found nothing to register
    _register()

__all__ = [
    "CN_2019",
    "CN_2021",
    "FORMS",
    "NOT_COMPUTABLE",
    "ORGANISATIONS",
    "PROFILES",
    "RULES",
    "AddressError",
    "AdminLevel",
    "Applicant",
    "BrokenReportError",
    "CellState",
    "Change",
    "Claim",
    "Correction",
    "Counts",
    "DataError",
    "Diagnosis",
    "DisputeResult",
    "DisputeTrack",
    "FigureError",
    "Finding",
    "Findings",
    "Flow",
    "Form",
    "FormError",
    "FormatError",
    "GovinfoError",
    "Mark",
    "MissingExtraError",
    "OrganKind",
    "Outcome",
    "OutcomeGroup",
    "ProactiveColumn",
    "ProactiveRow",
    "Profile",
    "ProfileError",
    "ReadError",
    "Reading",
    "RenderError",
    "Report",
    "ReportScope",
    "Section",
    "Severity",
    "Slip",
    "Table",
    "UnknownFormError",
    "Verdict",
    "aggregate",
    "check",
    "check_parts",
    "check_years",
    "claims",
    "diff",
    "form_for",
    "from_csv",
    "from_dict",
    "from_json",
    "json_schema",
    "locate",
    "make_converter",
    "read",
    "render",
    "to_csv",
    "to_dict",
    "to_json",
]
