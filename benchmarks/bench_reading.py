"""Reading tables into Arrow: CSV and JSON Lines in MB a CPU second, Parquet against pyarrow."""

import io
import json
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
from corpora import abp
from measure import alone, compare

from analysis.reading.delimited import read_csv
from analysis.reading.json_records import read_jsonl
from analysis.reading.tables import read_parquet


def main() -> None:
    table = abp().articles[["article_id", "outlet", "headline", "body"]]
    as_csv = table.to_csv(index=False, lineterminator="\n")
    as_jsonl = "\n".join(json.dumps(row, ensure_ascii=False) for row in table.to_dict("records"))
    assert read_csv(as_csv)[0]["body"].tolist() == table["body"].tolist()
    assert read_jsonl(as_jsonl).table["body"].tolist() == table["body"].tolist()
    alone("CSV", lambda: read_csv(as_csv), len(as_csv.encode()) / 1e6)
    alone("JSON Lines", lambda: read_jsonl(as_jsonl), len(as_jsonl.encode()) / 1e6)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.parquet"
        table.to_parquet(path)
        data = path.read_bytes()
        compare(
            "Parquet against pyarrow",
            lambda: read_parquet(data),
            lambda: pq.read_table(io.BytesIO(data)).to_pandas(),
            len(data) / 1e6,
        )


if __name__ == "__main__":
    main()
