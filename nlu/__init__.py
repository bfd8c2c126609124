"""Text becomes an intent: normalising, phrases, concepts and the Rasa model. Knows nothing of the bot."""
