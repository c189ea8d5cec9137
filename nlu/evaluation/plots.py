"""Pictures of what was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from nlu.evaluation.examples import OUT_OF_SCOPE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nlu.evaluation.measures import Answer


def draw_confusions(answers: Sequence[Answer], path: Path, *, title: str) -> None:
    """Write a picture of which intents were taken for which, each row as shares of its messages."""
    names = sorted({each.example.intent for each in answers} | {each.intent for each in answers})
    place = {name: at for at, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for each in answers:
        counts[place[each.example.intent], place[each.intent]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = plt.subplots(figsize=(12, 11))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=7)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    for row, column in zip(*np.nonzero(counts)):
        shade = "white" if shares[row, column] > 0.5 else "black"  # noqa: PLR2004 - readable on either
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=6, color=shade)
    axes.set_xlabel("understood")
    axes.set_ylabel("wanted")
    axes.set_title(title)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def draw_confidences(answers: Sequence[Answer], path: Path, *, title: str) -> None:
    """Write a histogram of how sure the model was where it was right, wrong, or should have kept out."""
    outside = [each.confidence for each in answers if each.example.intent == OUT_OF_SCOPE and each.acted_upon]
    right = [each.confidence for each in answers if each.right]
    wrong = [each.confidence for each in answers if not each.right and each.example.intent != OUT_OF_SCOPE]
    figure, axes = plt.subplots(figsize=(8, 4.5))
    axes.hist(
        [right, wrong, outside],
        bins=np.linspace(0, 1, 21),
        stacked=True,
        label=["right", "wrong", "out of scope, and acted upon"],
        color=["tab:green", "tab:red", "tab:grey"],
    )
    axes.set_yscale("log")
    axes.set_xlabel("confidence of the intent")
    axes.set_ylabel("messages")
    axes.set_title(title)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)
