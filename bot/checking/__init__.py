"""The rules for content, contacts, phrases and interface texts: each module looks at one thing and yields problems."""
