"""What ships with the program: models, policy presets, the sample snapshot."""

import sys
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.errors import NotFound
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.snapshot import Snapshot

MODEL_NAMES: Final = ("linear_v0", "risk-tier-mlp-v1")
PRESET_NAMES: Final = ("conservative", "balanced", "aggressive")
DEFAULT_MODEL: Final = "linear_v0"
DEFAULT_PRESET: Final = "balanced"


def resource_root() -> Path:
    """The folder `resources`: beside the package, or inside the built program."""
    bundled: str | None = getattr(sys, "_MEIPASS", None)
    root = Path(bundled) if bundled else Path(__file__).resolve().parents[2]
    return root / "resources"


def model(name: str) -> Model:
    """A shipped model; raises NotFound."""
    if name not in MODEL_NAMES:
        raise NotFound(f"no model {name!r}; there are {', '.join(MODEL_NAMES)}")
    return Model.parse((resource_root() / "models" / f"{name}.json").read_bytes())


def preset(name: str) -> Policy:
    """A shipped policy preset; raises NotFound."""
    if name not in PRESET_NAMES:
        raise NotFound(f"no preset {name!r}; there are {', '.join(PRESET_NAMES)}")
    return Policy.parse((resource_root() / "presets" / f"{name}.json").read_bytes())


def plain_verifier() -> bytes:
    """`verify_bundle.py`, the verifier in plain Python that goes into every bundle."""
    return (resource_root() / "verify_bundle.py").read_bytes()


def sample() -> Snapshot:
    """The two pools of the original's own example; no measured numbers."""
    return Snapshot.parse((resource_root() / "snapshots" / "sample.json").read_bytes())
