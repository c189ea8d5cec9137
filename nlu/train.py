"""Trains the model when anything it is made from has changed; run with the Rasa environment's Python.

    .rasa/bin/python -m nlu.train
"""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

MODEL = Path(".models/doorstep.tar.gz")
_STAMP = Path(".models/doorstep.sha256")
# How long that took, for whoever measures.
_TOOK = Path(".models/doorstep.took")
_SOURCES = ("config.yml", "domain.yml", "nlu/uv.lock", "nlu/data", "nlu/components")
# Not nlu/entities: its rules are read when Rasa starts, and no model is made from them.
_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    # Rasa's own default lies inside .rasa/, our environment.
    "RASA_CACHE_DIRECTORY": ".cache/rasa",
    "PYTHONWARNINGS": "ignore",
}


def fingerprint(root: Path) -> str:
    """Return a digest of everything below the root that the model is made from."""
    digest = hashlib.sha256()
    for source in _SOURCES:
        path = root / source
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix in {".yml", ".py", ".lock"}:
                digest.update(str(file.relative_to(root)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def main() -> int:
    """Train if needed, and say so in one line."""
    current = fingerprint(Path())
    if MODEL.exists() and _STAMP.exists() and _STAMP.read_text() == current:
        sys.stdout.write("The model is up to date.\n")
        return 0
    sys.stdout.write("Training the model: two or three minutes ...\n")
    sys.stdout.flush()
    started = time.monotonic()
    command = [
        *(sys.executable, "-m", "rasa", "train", "--data", "nlu/data", "--domain", "domain.yml"),
        *("--config", "config.yml", "--out", str(MODEL.parent), "--fixed-model-name", "doorstep"),
        # The fingerprint above knows our components' code; Rasa's own does not.
        "--force",
    ]
    done = subprocess.run(
        command, env={**os.environ, **_ENVIRONMENT}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0 or not MODEL.exists():
        sys.stderr.write(done.stdout + done.stderr)
        return done.returncode or 1
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = f"{time.monotonic() - started:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of processor time"
    _STAMP.write_text(current)
    _TOOK.write_text(took)
    sys.stdout.write(f"Trained the model in {took}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
