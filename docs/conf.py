"""How the documentation is built; everything that the code can say itself comes from `_ext/reference.py`."""

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "govinfo"
author = "The govinfo maintainers"
project_copyright = "2026, The govinfo maintainers"
release = version = installed_version("govinfo")

extensions = ["myst_parser", "sphinx.ext.autodoc", "reference"]
exclude_patterns = ["_build", "reference/generated/json-shape.md", "reference/generated/outcomes.md"]
myst_enable_extensions = ["colon_fence", "attrs_block"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
toc_object_entries = False  # every public name has a heading of its own
python_use_unqualified_type_names = True

smartquotes = False  # a curly apostrophe may come from a Chinese font, a full square wide

html_theme = "furo"
html_title = f"govinfo {release}"
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["site.css"]
# Without a Chinese font named, a browser may take Japanese or Korean shapes for Chinese characters.
_CHINESE = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC"'
_SANS = f'-apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, "Liberation Sans", {_CHINESE}, sans-serif'
_MONO = f'"SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", {_CHINESE}, monospace'
html_theme_options = {
    "light_css_variables": {"font-stack": _SANS, "font-stack--monospace": _MONO},
}
