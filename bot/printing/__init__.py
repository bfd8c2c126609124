"""Paper and a folder for a club: what outlives the bot, made of the same content."""
