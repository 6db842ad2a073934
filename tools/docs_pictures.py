"""A hook of mkdocs: pages show the pictures of figures/, which stands beside docs/, by links that work on a repository's pages too."""

import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

FOLDER = Path(__file__).resolve().parent.parent / "figures"
LINK = re.compile(r"\]\(((?:\.\./)*)\.\./figures/([\w-]+\.svg)\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give the site the pictures that its pages show."""
    shown = {name for page in files.documentation_pages() for _, name in LINK.findall(page.content_string)}
    for name in sorted(shown):
        files.append(File.generated(config, f"figures/{name}", abs_src_path=str(FOLDER / name)))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Lead the links to the pictures' place in the site: one folder less up."""
    return LINK.sub(r"](\1figures/\2)", markdown)
