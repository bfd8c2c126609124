"""A message comes in, a reply goes out: the bot without the model (which lives in `nlu`)."""
