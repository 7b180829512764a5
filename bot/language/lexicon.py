"""The vocabulary as a tree of folded words, with slips of the finger for the words that matter most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from bot.language.normalise import lower
from bot.language.tags import Tag, tags
from bot.language.tokens import Token, tokenise
from messages_vi import vocabulary
from messages_vi.folding import bare

_LONGEST_SYLLABLE = 7  # nghiêng
_LONGEST_GLUED = 40
_LONG = 3  # Words from which on a phrase is known by its letters alone.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SLIPPED = ("kết nạp", "đoàn viên", "đối thoại", "thỏa ước", "công đoàn", "thành lập", "người lao động")

# Two words of these may lack one accent: no others are meant by "tuần truoc", "sang nay", "lan đầu".
_SAFE_HALF_ACCENTED = tags(
    "place_kind week_last week_this yesterday today two_days_ago first_time task finished"
)
_FORGIVING = tags(
    "admit join new_member member dialogue conference conference_short conference_other "
    "agreement union found nil progress tasks task help thanks greeting person worker"
)


class Phrase(NamedTuple):
    """One phrase of the vocabulary: its words with accents, and how strictly they are held against a line."""

    words: tuple[str, ...]
    strict: bool
    typed: bool
    tag: Tag
    loose: bool = True  # Its words may lack their accents, also beside words that have them.


class Node:
    """One word of the tree: what may follow it, and the phrases that end with it."""

    __slots__ = ("ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.ends: tuple[Phrase, ...] = ()


class Match(NamedTuple):
    """A phrase found in a line: how many tokens it takes, and what it stands for."""

    length: int
    tags: frozenset[Tag]


class Extra(NamedTuple):
    """The words of an indicator that a new plan brings, each phrase as its words in lower case.

    `phrases` name it whole. A number with one of `units` names it where all of `keys` are said too.
    """

    code: str
    phrases: tuple[tuple[str, ...], ...]
    units: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()


class Lexicon:
    """All phrases, found by their folded words. Built once; reading it changes nothing."""

    def __init__(self, phrases: Sequence[Phrase], extras: Sequence[Extra] = ()) -> None:
        self.extras = tuple(extras)
        self._naming: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for extra in extras:
            for words in extra.phrases:
                self._naming.setdefault(_key(words[0]), []).append((words, extra.code))
        self._root = Node()
        for phrase in phrases:
            self._add(phrase)
        self._slips = {slip: found.tags for slip, found in self._forgiven()}

    def naming(self, key: str) -> Sequence[tuple[tuple[str, ...], str]]:
        """Return the phrases of `extras` that begin with the folded word `key`, each with its code."""
        return self._naming.get(key, ())

    def match(self, tokens: Sequence[Token], at: int) -> Match | None:
        """Return the longest phrase that begins at token `at`, or None."""
        node, best = self._root, None
        lows: tuple[str, ...] = ()
        for index in range(at, len(tokens)):
            step = _step(node, tokens[index])
            if step is None:
                break
            node, lows = step[0], lows + step[1]
            if node.ends:
                tags = _fitting(node, lows)
                best = Match(index + 1 - at, tags) if tags else best
        return best or self._slip(tokens, at)

    def _slip(self, tokens: Sequence[Token], at: int) -> Match | None:
        """Return a word that matters, written in one piece or with one letter wrong."""
        key = tokens[at].key
        if key in self._slips:
            return Match(1, self._slips[key])
        if at + 1 < len(tokens) and (joined := key + tokens[at + 1].key) in self._slips:
            return Match(2, self._slips[joined])
        return None

    def _add(self, phrase: Phrase) -> None:
        node = self._root
        for word in phrase.words:
            key = _key(word)
            following = node.next.get(key)
            if following is None:  # Most are there: thousands of nodes need not be made in vain.
                following = node.next[key] = Node()
            node = following
        node.ends = (*node.ends, phrase)

    def _forgiven(self) -> Iterator[tuple[str, Match]]:
        for written in _SLIPPED:
            tokens = tokenise(written)
            found = self.match_exactly(tokens)
            for slip in _one_letter_off("".join(token.key for token in tokens)):
                yield slip, found

    def match_exactly(self, tokens: Sequence[Token]) -> Match:
        """Return the match of tokens known to be a phrase."""
        node = self._root
        for token in tokens:
            node = node.next[token.key]
        return Match(len(tokens), _fitting(node, tuple(token.low for token in tokens)))


def _step(node: Node, token: Token) -> tuple[Node, tuple[str, ...]] | None:
    """Return where a token leads from `node`, and its words: one, or several in "ngườilaođộng"."""
    following = node.next.get(token.key)
    if following is not None:
        return following, (token.low,)
    glued = _LONGEST_SYLLABLE < len(token.key) < _LONGEST_GLUED and len(token.key) == len(token.low)
    return _glued(node, token.key, token.low) if glued else None


def _glued(node: Node, key: str, low: str) -> tuple[Node, tuple[str, ...]] | None:
    for end in range(1, min(_LONGEST_SYLLABLE, len(key)) + 1):
        following = node.next.get(key[:end])
        if following is None:
            continue
        if end == len(key):
            return following, (low,)
        rest = _glued(following, key[end:], low[end:])
        if rest is not None:
            return rest[0], (low[:end], *rest[1])
    return None


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the vocabulary in `messages_vi`, built on first use."""
    return extended()


def extended(
    extras: Sequence[Extra] = (), added: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Lexicon:
    """Return a lexicon of the built-in vocabulary with an office's own words.

    `added` are phrases for tables of the vocabulary, `extras` indicators of the office's own plan.
    """
    return Lexicon(
        [
            phrase
            for name, listed in vocabulary.phrases().items()
            for phrase in _phrases(Tag(name), dict.fromkeys((*listed, *added.get(name, ()))))
        ],
        extras,
    )


def _phrases(tag: Tag, listed: Iterable[str]) -> Iterator[Phrase]:
    strict = tag not in _FORGIVING
    for written in listed:
        sign = written[0]
        plain = sign not in "=^"
        words = tuple(map(_word, (written if plain else written[1:]).split()))
        yield Phrase(words, strict or not plain or len(words) == 1, sign == "^", tag, plain)


@cache
def _word(written: str) -> str:
    return lower(written)


@cache
def _key(word: str) -> str:
    return bare(word)


@lru_cache(maxsize=8192)
def _fitting(node: Node, lows: tuple[str, ...]) -> frozenset[Tag]:
    """Return the tags of the phrases ending at `node` whose accents fit; else of those with one wrong.

    Remembered, because people use the same few hundred phrases and it is asked for every word.
    """
    wrong = [(_wrong_accents(phrase, lows), phrase) for phrase in node.ends]
    right = frozenset(phrase.tag for count, phrase in wrong if count == 0)
    if right and len(lows) == 1:  # "cho" as it stands is that word before it is "chỗ" without its accent.
        return frozenset(phrase.tag for phrase in node.ends if phrase.words == lows) or right
    slipped = frozenset(phrase.tag for count, phrase in wrong if count == 1 and not phrase.strict)
    return right or slipped or frozenset(phrase.tag for phrase in node.ends if _lacks_accents(phrase, lows))


def _lacks_accents(phrase: Phrase, lows: tuple[str, ...]) -> bool:
    """Tell whether some words of a long phrase only lack their accents: "hoi nghi viên chuc", "tu nhân"."""
    if not phrase.loose or (len(lows) < _LONG and phrase.tag not in _SAFE_HALF_ACCENTED):
        return False
    return all(low in (word, _key(word)) for low, word in zip(lows, phrase.words, strict=True))


def _wrong_accents(phrase: Phrase, lows: tuple[str, ...]) -> int:
    if phrase.typed:
        return sum(low != word for low, word in zip(lows, phrase.words, strict=True))
    accented = [low != _key(low) for low in lows]
    written = any(accented)  # Who types one accent means the other words too.
    return sum(low != word and written for low, word in zip(lows, phrase.words, strict=True))


def _one_letter_off(word: str) -> Iterator[str]:
    """Yield `word` and its neighbours with one letter lost, added, changed or swapped; its first stays."""
    yield word
    for index in range(1, len(word)):
        head, tail = word[:index], word[index:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail[1:]
            yield head + letter + tail
