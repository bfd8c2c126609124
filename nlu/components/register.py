"""Makes our components known to Rasa's recipe. Named in config.yml and imported for training only.

The recipe imports TensorFlow; a trained model records each component's own module, so the
running bot never needs this one.
"""

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.components.classifier import LinearIntentClassifier
from nlu.components.featurizers import ConceptFeaturizer, NgramFeaturizer
from nlu.components.tokenizer import ScriptTokenizer
from nlu.components.typing import TypingErrors

__all__ = ["ConceptFeaturizer", "LinearIntentClassifier", "NgramFeaturizer", "ScriptTokenizer", "TypingErrors"]

_Type = DefaultV1Recipe.ComponentType
DefaultV1Recipe.register(_Type.MESSAGE_TOKENIZER, is_trainable=False)(TypingErrors)
DefaultV1Recipe.register(_Type.MESSAGE_TOKENIZER, is_trainable=False)(ScriptTokenizer)
DefaultV1Recipe.register(_Type.MESSAGE_FEATURIZER, is_trainable=True)(NgramFeaturizer)
DefaultV1Recipe.register(_Type.MESSAGE_FEATURIZER, is_trainable=True)(ConceptFeaturizer)
DefaultV1Recipe.register(_Type.INTENT_CLASSIFIER, is_trainable=True)(LinearIntentClassifier)
