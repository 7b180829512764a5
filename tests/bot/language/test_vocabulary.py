from __future__ import annotations

import pytest

from bot.language.answers import command
from bot.language.lexicon import lexicon
from bot.language.tags import Tag
from bot.language.tokens import tokenise
from messages_vi import vocabulary


def test_every_table_is_a_tag_that_the_rules_know() -> None:
    assert set(vocabulary.phrases()) <= {tag.value for tag in Tag}


def test_every_phrase_is_found_whole_with_its_own_tag() -> None:
    words = lexicon()
    for table, listed in vocabulary.phrases().items():
        for phrase in listed:
            tokens = tokenise(phrase.lstrip("=^"))
            match = words.match(tokens, 0)
            assert match is not None, phrase
            assert (match.length, table in match.tags) == (len(tokens), True), (table, phrase)


def test_no_command_word_stands_for_two_commands() -> None:
    for name, listed in vocabulary.commands().items():
        for word in (name, *listed):
            assert command(word) == (name, ""), word


@pytest.mark.parametrize("text", ["kêt nạp", "ketnạp", "két nạp", "kết nạo", "kết nap"])
def test_it_forgives_a_slip_in_the_words_that_matter(text: str) -> None:
    match = lexicon().match(tokenise(text), 0)
    assert match is not None
    assert Tag.ADMIT in match.tags


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("bảo vệ", Tag.PERSON),
        ("báo về", Tag.SENT),
        ("tiến đọ", None),
        ("may ngày", Tag.TRADE),
        ("mấy ngày", Tag.ASKING),
    ],
)
def test_it_tells_words_apart_by_their_accents(text: str, tag: Tag | None) -> None:
    match = lexicon().match(tokenise(text), 0)
    assert (match is not None and tag in match.tags) if tag else match is None or Tag.TARGET not in match.tags
