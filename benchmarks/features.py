"""What each kind of feature brings: trained on nlu/data, tried on tests/utterances, all variants in one run.

The same featurizers and the same learner as the model's, outside Rasa's graph. "left out" trains without the language
that is tried. Run: uv run python benchmarks/features.py
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.checking.phrases import training_phrases
from bot.checking.problem import CheckedFile
from bot.evaluation import read_utterances
from bot.yaml_source import read_yaml
from nlu.components.featurizers import count_ngrams, count_words
from nlu.components.sparse import Counts, Featurizing
from nlu.concepts import load_lexicon
from nlu.text import normalise

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("th", "my", "lo", "km", "en")
Phrase = tuple[str, str, str]
"""Language, intent, text."""


def training() -> list[Phrase]:
    """Every training phrase."""
    folder = ROOT / "nlu" / "data"
    files = [CheckedFile(path.name, path.parent.name, read_yaml(path)) for path in sorted(folder.glob("*/*.yml"))]
    return [(f.relative, intent, item.removeprefix("- ")) for f in files for _, intent, item in training_phrases(f)]


def predictions(features: Featurizing, phrases: Sequence[Phrase], texts: Sequence[str]) -> list[list[str]]:
    """The three likeliest intents of each text after learning from `phrases`."""
    learned, texts = [normalise(text) for _, _, text in phrases], [normalise(text) for text in texts]
    features.fit(learned)
    learner = LogisticRegression(
        C=20, solver="liblinear", dual=True, class_weight="balanced", multi_class="ovr", random_state=0
    )
    learner.fit(features.rows(learned), [intent for _, intent, _ in phrases])
    scores = learner.decision_function(features.rows(texts))
    return [[str(learner.classes_[i]) for i in row] for row in np.argsort(-scores, axis=1)[:, :3]]


def row(name: str, make: Callable[[], Featurizing], kind: str, phrases: list[Phrase], tried: list[Phrase]) -> str:
    """One line of the table: right first / right among three, per language and on average."""
    firsts, threes = [], []
    joint = predictions(make(), phrases, [text for _, _, text in tried]) if kind == "joint" else []
    for language in LANGUAGES:
        own = [i for i, (code, _, _) in enumerate(tried) if code == language]
        if kind == "joint":
            found = [joint[i] for i in own]
        else:
            part = [p for p in phrases if (p[0] == language) == (kind == "alone")]
            found = predictions(make(), part, [tried[i][2] for i in own])
        firsts.append(np.mean([tried[i][1] == f[0] for i, f in zip(own, found, strict=True)]))
        threes.append(np.mean([tried[i][1] in f for i, f in zip(own, found, strict=True)]))
    cells = [f"{a:.2f}/{b:.2f}" for a, b in zip([*firsts, np.mean(firsts)], [*threes, np.mean(threes)], strict=True)]
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Prints the table."""
    warnings.filterwarnings("ignore")
    lexicon = load_lexicon()

    def concepts(text: str) -> Counts:
        return Counter(lexicon.concepts(text))

    def ngrams() -> Featurizing:
        return Featurizing({"ngrams": (count_ngrams, 1.0), "words": (count_words, 1.0)})

    def both() -> Featurizing:
        return Featurizing({"ngrams": (count_ngrams, 1.0), "words": (count_words, 1.0), "concepts": (concepts, 1.0)})

    def only_concepts() -> Featurizing:
        return Featurizing({"concepts": (concepts, 1.0)})

    phrases = training()
    tried = [(u.language, u.intent, u.text) for u in read_utterances(ROOT / "tests" / "utterances") if u.intent]
    print(f"{len(phrases)} training phrases, {len(tried)} test utterances; right first / right among three")
    print(f"| features, training | {' | '.join(LANGUAGES)} | mean |\n|---|---|---|---|---|---|---|")
    print(row("n-grams, each language alone", ngrams, "alone", phrases, tried))
    print(row("n-grams, joint", ngrams, "joint", phrases, tried))
    print(row("concepts, joint", only_concepts, "joint", phrases, tried))
    print(row("n-grams and concepts, joint (the model)", both, "joint", phrases, tried))
    print(row("n-grams and concepts, the language left out", both, "left out", phrases, tried))


if __name__ == "__main__":
    main()
