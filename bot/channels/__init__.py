"""The doors: Telegram, the web page and the terminal. Each alone knows its outside world, none knows another."""
