"""Understanding measured on held-out messages: intents, entities, languages, and what it costs.

``python -m benchmarks.understanding`` needs Rasa's environment and a trained model (``make
model``). The evaluation and Rasa itself run as processes of that environment: nothing of Rasa is
imported here. The pictures of confusions and confidences in docs/pictures are drawn anew.
"""

import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

_RASA = Path(".rasa/bin/python")
# Odd and regional messages by which nobody improves the training data.
_UNSEEN = Path("tests/nlu/unseen")
_MODEL = Path(".models/doorstep.tar.gz")
_TOOK = Path(".models/doorstep.took")
_PICTURES = Path("docs/pictures")
_LANGUAGES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}
_STARTS_WITHIN = 180
_HEADINGS = (
    *("", "messages", "accuracy", "macro F1", "general chat acted upon", "near-domain acted upon"),
    *("entity F1", "language told", "parse p50 / p95", "odd messages: accuracy, acted upon"),
)


def run() -> None:
    """Print the tables."""
    measured = _evaluated("--plots", str(_PICTURES))
    unseen = _evaluated("--held-out", str(_UNSEEN))
    print(f"| {' | '.join(_HEADINGS)} |\n{'|---' * len(_HEADINGS)}|")
    for language, name in _LANGUAGES.items():
        print(_row(name, measured[language], unseen[language]))
    print("\n| the whole model | |\n|---|---|")
    took = _TOOK.read_text(encoding="utf-8") if _TOOK.exists() else "not known"
    print(f"| training, when last done here | {took} |")
    print(f"| memory of the Rasa process | {_megabytes_served():.0f} MB |")


def _evaluated(*options: str) -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        summary = Path(folder) / "summary.json"
        _python("-m", "nlu.evaluation", "--summary", str(summary), *options)
        measured: dict[str, dict[str, Any]] = json.loads(summary.read_text(encoding="utf-8"))
        return measured


def _row(name: str, measured: dict[str, Any], unseen: dict[str, Any]) -> str:
    acted_upon, entities = measured["acted_upon"], measured["entity_f1"]
    cells = (
        *(
            name,
            str(measured["messages"]),
            _share(measured["accuracy"]),
            _share(measured["macro_f1"]),
        ),
        *(_share(acted_upon["general_chat"]), _share(acted_upon["near_domain"])),
        *(_share(entities["all"]), _share(measured["language"])),
        f"{measured['parse_p50_ms']:.1f} / {measured['parse_p95_ms']:.0f} ms",
        f"{_share(unseen['accuracy'])}, {' / '.join(map(_share, unseen['acted_upon'].values()))}",
    )
    return f"| {' | '.join(cells)} |"


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"


def _megabytes_served() -> float:
    """Return what a Rasa server with the model has in memory after some messages."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    command = [
        *(str(_RASA), "-m", "rasa", "run", "--enable-api", "--model", str(_MODEL)),
        *("--endpoints", "nlu/endpoints.test.yml", "--credentials", "credentials.yml"),
        *("--interface", "127.0.0.1", "--port", str(port)),
    ]
    served = subprocess.Popen(
        command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _parse_when_up(port)
        return _resident_megabytes(served.pid)
    finally:
        served.terminate()
        served.wait()


def _parse_when_up(port: int) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    body = json.dumps({"text": "could you leave it with my neighbour at 14"}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/model/parse", data=body, method="POST"
    )
    answered = 0
    while answered < len(_LANGUAGES):
        try:
            with urllib.request.urlopen(request, timeout=10):  # noqa: S310 our own address
                answered += 1
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(1)


def _resident_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


def _python(*arguments: str) -> None:
    subprocess.run(
        [str(_RASA), "-W", "ignore", *arguments],
        env=_environment(),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _environment() -> dict[str, str]:
    quiet = {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
    }
    return {**os.environ, **quiet}


if __name__ == "__main__":
    run()
