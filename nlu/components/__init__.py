"""Our parts of Rasa's graph: how text becomes an intent, in five scripts. None of them imports TensorFlow."""
