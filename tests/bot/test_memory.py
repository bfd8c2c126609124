"""The note: little, in memory, under a key that nobody can turn back, and soon forgotten."""

from datetime import datetime, timedelta

from bot.memory import MAX_MESSAGES, NO_NOTE, Memory, Note
from tests.conftest import NOW


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def test_a_note_is_kept_under_a_hash_that_holds_no_chat_id() -> None:
    memory = Memory(Clock())
    key = memory.key(123456789)
    memory.keep(key, Note(language="km"))
    assert memory.recall(key).language == "km"
    assert b"123456789" not in key
    assert len(key) == 16


def test_two_bots_hash_one_chat_differently_unless_they_share_a_key() -> None:
    assert Memory(Clock()).key(1) != Memory(Clock()).key(1)
    assert Memory(Clock(), b"k" * 32).key(1) == Memory(Clock(), b"k" * 32).key(1)


def test_a_note_is_forgotten_47_hours_after_the_last_message() -> None:
    clock = Clock()
    memory = Memory(clock)
    memory.keep(b"a", Note(country="TH"))
    clock.now += timedelta(hours=46)
    assert memory.recall(b"a").country == "TH"
    clock.now += timedelta(hours=2)
    assert memory.recall(b"a") == NO_NOTE


def test_a_new_message_lets_the_note_live_longer() -> None:
    clock = Clock()
    memory = Memory(clock)
    memory.keep(b"a", Note(country="TH"))
    clock.now += timedelta(hours=40)
    memory.keep(b"a", memory.recall(b"a"))
    clock.now += timedelta(hours=40)
    assert memory.recall(b"a").country == "TH"


def test_forgetting_is_at_once() -> None:
    memory = Memory(Clock())
    memory.keep(b"a", Note(language="lo"))
    memory.forget(b"a")
    memory.forget(b"a")
    assert memory.recall(b"a") == NO_NOTE


def test_an_empty_note_is_not_kept_at_all() -> None:
    memory = Memory(Clock())
    memory.keep(b"a", Note(language="lo"))
    memory.keep(b"a", NO_NOTE)
    assert memory.recall(b"a") is NO_NOTE


def test_message_ids_are_pruned_by_age_and_number() -> None:
    note = NO_NOTE.with_messages((1,), NOW)
    note = note.with_messages(tuple(range(2, 2 + MAX_MESSAGES)), NOW + timedelta(hours=48))
    assert [id_ for id_, _ in note.messages] == list(range(2, 2 + MAX_MESSAGES))
