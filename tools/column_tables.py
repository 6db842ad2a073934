"""Write the columns that analysis/core/tables.md declares into docs/tables.md, between ``<!-- columns: HITS -->`` and ``<!-- end -->``.

Usage: python tools/column_tables.py
"""

import re
import sys
from pathlib import Path

from analysis.core.schema import TABLES, Schema

PAGE = Path(__file__).resolve().parent.parent / "docs" / "tables.md"
_PLACE = re.compile(r"(<!-- columns: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> int:
    PAGE.write_text(with_columns(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def with_columns(page: str) -> str:
    """Return the page with the columns of each schema that it names."""
    return _PLACE.sub(lambda place: f"{place[1]}\n{columns(TABLES[place[2]])}\n{place[3]}", page)


def columns(table: Schema) -> str:
    """Return the columns of a schema as a table in Markdown."""
    rows = [f"| `{column.name}` | {column.kind} | {column.meaning} |" for column in table.columns]
    key = f"\nUnique: {', '.join(f'`{name}`' for name in table.key)}.\n" if table.key else ""
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows, key])


if __name__ == "__main__":
    sys.exit(main())
