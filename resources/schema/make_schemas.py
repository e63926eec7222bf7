"""Write the JSON schemas of the files that people exchange, from the strict models.

    python resources/schema/make_schemas.py

The schemas document the form and the ranges. What they cannot say (distinct pool ids, chain and
block together, bounds of a model's weights, no duplicate keys, no floats) is in their
descriptions and is checked by the program.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from obsqra_desktop.domain.model import Model  # noqa: E402 - the path comes first
from obsqra_desktop.domain.policy import Policy  # noqa: E402 - the path comes first
from obsqra_desktop.domain.snapshot import Snapshot  # noqa: E402 - the path comes first

MODELS: dict[str, type[Snapshot | Policy | Model]] = {
    "snapshot": Snapshot,
    "policy": Policy,
    "model": Model,
}


def schema_text(name: str) -> str:
    """The text of `<name>.schema.json`."""
    model = MODELS[name]
    schema = model.model_json_schema(by_alias=True)
    # The program builds documents without naming the schema; files must name it.
    schema["required"] = ["schema", *schema["required"]]
    del schema["properties"]["schema"]["default"]
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for each in MODELS:
        (HERE / f"{each}.schema.json").write_text(schema_text(each), "utf-8")
