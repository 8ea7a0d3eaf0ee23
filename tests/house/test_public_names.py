"""The public names, pinned: what is here may be imported by others, and taking one away is a decision."""

import importlib

import pytest

PUBLIC = {
    "govinfo": {
        *("CN_2019", "CN_2021", "FORMS", "NOT_COMPUTABLE", "ORGANISATIONS", "PROFILES", "RULES"),
        *("AddressError", "BrokenReportError", "DataError", "FigureError", "FormError", "FormatError", "GovinfoError"),
        *("MissingExtraError", "ProfileError", "ReadError", "RenderError", "UnknownFormError"),
        *("AdminLevel", "Applicant", "CellState", "DisputeResult", "DisputeTrack", "Flow", "OrganKind", "Outcome", "OutcomeGroup"),
        *("ProactiveColumn", "ProactiveRow", "ReportScope", "Section", "Severity", "Verdict"),
        *(
            "Change",
            "Claim",
            "Correction",
            "Counts",
            "Diagnosis",
            "Finding",
            "Findings",
            "Form",
            "Mark",
            "Profile",
            "Reading",
            "Report",
            "Slip",
            "Table",
        ),
        *(
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
        ),
    },
    "govinfo.columns": {
        *("COVERED", "PARTS_COVERED", "YEARS_COVERED", "check_parts_table", "check_table", "check_years_table"),
        *("from_table", "iterate", "measure", "measure_growth", "schema", "to_table"),
    },
    "govinfo.convert": {
        *("configure_converter", "data_package", "form_data", "from_csv", "from_dict", "from_json"),
        *("json_schema", "make_converter", "to_csv", "to_dict", "to_json"),
    },
    "govinfo.forms": {"CN_2019", "CN_2021", "FORMS", "form_by_id", "form_for"},
    "govinfo.corpus": {
        *("Across", "Corpus", "Organ", "Organs", "Step", "Summary", "across", "build", "copies", "counts", "rates"),
    },
    "govinfo.metrics": {"METRICS", "Cells", "Given", "Metric", "growth", "growth_of"},
    "govinfo.prose": {
        *("Bound", "Claim", "ClaimKind", "FeeStatement", "Period", "ProcessingFee", "claims", "fee_of", "plain_text", "processing_fee"),
    },
    "govinfo.rules": {
        *("DEFAULT", "NOT_COMPUTABLE", "PROFILES", "RULES", "STRICT", "Profile", "check", "check_parts", "check_years"),
    },
    "govinfo.simulate": {"Country", "Organ", "Planted", "country"},
    "govinfo.strategies": {
        *("DAMAGES", "MAX_MONEY", "Broken", "Damage", "Document"),
        *("broken_reports", "consecutive", "counts", "documents", "marks", "money", "prose", "reports", "tables", "wholes_and_parts"),
    },
}


@pytest.mark.parametrize(("module", "names"), PUBLIC.items(), ids=PUBLIC)
def test_the_public_names_are_these(module: str, names: set[str]) -> None:
    imported = importlib.import_module(module)
    assert set(imported.__all__) == names
    assert all(hasattr(imported, name) for name in names)


@pytest.mark.parametrize("module", PUBLIC)
def test_every_public_function_and_class_says_what_it_does(module: str) -> None:
    imported = importlib.import_module(module)
    assert all(value.__doc__ for name in imported.__all__ if callable(value := getattr(imported, name)))
