"""Measures the trained model on the held-out messages; run with the Rasa environment's Python.

    .rasa/bin/python -m nlu.evaluation [--plots docs/pictures] [--nearest] [--check] [--summary FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
import tomli
from rasa.core.agent import Agent

from nlu.evaluation.entities import annotated, exact_f1, mistakes, named
from nlu.evaluation.examples import held_out, training
from nlu.evaluation.measures import Answer, Measures, confusions, measure, nearest
from nlu.train import MODEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nlu.evaluation.entities import Message, Named
    from nlu.evaluation.examples import Example

HELD_OUT = Path("tests/nlu")
NAMED = HELD_OUT / "entities"
LEVELS = HELD_OUT / "levels.toml"
TRAINING = Path("nlu/data/intents")
# A held-out message as near as this to one of the training set was, in effect, trained on: it does not count.
TOO_NEAR = 0.85


def main() -> int:
    """Print the measures, and fail where a level is missed and levels are to be checked."""
    options = _options()
    # Rasa writes each message and what it holds to its log when asked for everything.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    held = held_out(options.held_out)
    close = nearest(held, training(TRAINING))
    if options.nearest:
        for example, (trained, closeness) in zip(held, close):
            sys.stdout.write(f"{closeness:.2f}\t{example.intent}\t{example.text}\t{trained.intent}\t{trained.text}\n")
    counted = [example for example, (_, closeness) in zip(held, close) if closeness < TOO_NEAR]
    sys.stdout.write(f"{len(held) - len(counted)} of {len(held)} messages are too near to a training sentence (cosine of letter n-grams >= {TOO_NEAR}) and do not count.\n")
    answers, found = asyncio.run(_answers(counted, annotated(NAMED)))
    missed: list[str] = []
    summary: dict[str, dict[str, object]] = {}
    for language in sorted({example.language for example in held}):
        ours = [answer for answer in answers if answer.example.language == language]
        measures = measure(ours)
        marked = [(message, pieces) for message, pieces in found if message.language == language]
        entities = exact_f1(marked)
        _print(language, measures, ours)
        _print_entities(entities, mistakes(marked), len(marked))
        summary[language] = {**measures.as_dict(), "entity_f1": entities}
        missed += _missed(language, measures, entities)
        if options.plots:
            _draw(ours, options.plots, language)
    if options.summary:
        options.summary.write_text(json.dumps(summary, default=float))
    sys.stdout.write("\n".join(missed) + "\n" if missed else "No level is missed.\n")
    return 1 if missed and options.check else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held-out", type=Path, default=HELD_OUT, help="another folder of held-out messages")
    parser.add_argument("--plots", type=Path, help="write pictures into this folder")
    parser.add_argument("--nearest", action="store_true", help="list each message's nearest training sentence")
    parser.add_argument("--summary", type=Path, help="write the numbers into this file, as JSON")
    parser.add_argument("--check", action="store_true", help="fail when a level of levels.toml is missed")
    return parser.parse_args()


async def _answers(
    examples: Sequence[Example], messages: Sequence[Message]
) -> tuple[list[Answer], list[tuple[Message, frozenset[Named]]]]:
    agent = Agent.load(str(MODEL))
    await agent.parse_message("warm up")
    answers = [await _answer(agent, example) for example in examples]
    parsed = [await agent.parse_message(message.text) for message in messages]
    return answers, [(message, named(each["entities"])) for message, each in zip(messages, parsed)]


async def _answer(agent: Agent, example: Example) -> Answer:
    started = time.perf_counter()
    parsed = await agent.parse_message(example.text)
    took_ms = (time.perf_counter() - started) * 1000
    languages = [each["value"] for each in parsed["entities"] if each["entity"] == "language"]
    return Answer(
        example=example,
        intent=parsed["intent"]["name"],
        confidence=parsed["intent"]["confidence"],
        language=languages[0] if languages else None,
        parse_ms=took_ms,
    )


def _print(language: str, measures: Measures, answers: Sequence[Answer]) -> None:
    sys.stdout.write(f"\n{language}: {json.dumps(measures.as_dict(), default=float)}\n")
    for wanted, understood, texts in confusions(answers)[:25]:
        sys.stdout.write(f"  {len(texts):3d}  {wanted} -> {understood}: {texts[:4]}\n")


def _print_entities(entities: dict[str, float], wrong: Sequence[str], messages: int) -> None:
    shares = ", ".join(f"{entity} {share:.3f}" for entity, share in entities.items())
    sys.stdout.write(f"  entities in {messages} messages, exact F1: {shares}\n")
    for line in wrong:
        sys.stdout.write(f"       {line}\n")


def _missed(language: str, measures: Measures, entities: dict[str, float]) -> list[str]:
    floors = tomli.loads(LEVELS.read_text()).get(language, {}) if LEVELS.exists() else {}
    got = {
        **measures.as_dict(),
        **{f"acted_upon_{kind}": share for kind, share in measures.acted_upon.items()},
        **{f"entity_f1_{entity}": share for entity, share in entities.items()},
    }
    return [
        f"{language}: {name} is {got[name]:.3f}, the level is {level}"
        for name, level in floors.items()
        if name in got and (got[name] > level if name.startswith(("acted_upon", "parse")) else got[name] < level)
    ]


def _draw(answers: Sequence[Answer], folder: Path, language: str) -> None:
    from nlu.evaluation.plots import draw_confidences, draw_confusions

    folder.mkdir(parents=True, exist_ok=True)
    draw_confusions(answers, folder / f"confusions-{language}.png", title=f"What was understood ({language})")
    draw_confidences(answers, folder / f"confidence-{language}.png", title=f"How sure the model was ({language})")


if __name__ == "__main__":
    sys.exit(main())
