#!/usr/bin/env python3
"""Token ids and offsets of varied texts by Hugging Face's `tokenizers`, which is independent of ours.

    wordpiece_golden.py VOCABULARY OUT

VOCABULARY is a full BERT vocabulary. Writes OUT/vocab.txt, the part of it that the texts need, and
OUT/wordpiece.tsv: case (u uncased, c cased), text as JSON, ids, offsets "begin-end" in code points. Also
OUT/vocab-cased.txt, a vocabulary with capitals and accents that is made up from the texts, and
OUT/wordpiece-cased.tsv: the most tokens allowed (0 any number), then the same columns. Only needed to make
the golden files anew; with "-" for VOCABULARY only the latter two are made.
"""

import json
import random
import sys
import unicodedata
from pathlib import Path

from tokenizers import BertWordPieceTokenizer
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

WRITTEN = [
    "", " ", "hello", "Hello, world!", "The quick brown fox jumps over the lazy dog.",
    "unaffable unwantedly", "don't won't it's rock'n'roll", "e-mail: someone@example.org; tel. +49 (0)30 1234-567",
    "https://www.example.com/a/b?c=d&e=f#g", "see www.example.org/~user/index.html.", "#hashtag @mention $AAPL 50% off!!!",
    "RT @someone: Ciao!! :-) http://t.co/AbCdEf", "Café, naïve, façade, Zürich, Ångström, São Paulo, Łódź, İstanbul",
    "cafe\u0301 nai\u0308ve e\u0323\u0302", "ÀÉÎÕÜ ĀĒĪŌŪ ŞĞİ", "Straße GROẞ ﬁnance Ⅻ ½ ² ™", "ΑΘΗΝΑ Αθήνα ΣΊΣΥΦΟΣ σίσυφος",
    "Москва и Санкт-Петербург, Йошкар-Ола, Ёлка", "北京大学 and 東京", "日本語のテスト カタカナ ｶﾀｶﾅ", "안녕하세요 세계", "שלום עולם", "مرحبا بالعالم، كيف الحال؟",
    "हिन्दी में पाठ", "ภาษาไทย", "ไปเที่ยว", "Việt Nam Hà Nội", "tiếng Việt có dấu", "😀 smile 😀😀 👨‍👩‍👧 family 🇩🇪 flag 👍🏽", "i ❤️ you ☺", "a\u200bb a\u200db a\u00adb \ufeffstart",
    "tab\tnew\nline\r\nend", "nul\x00in bell\x07side", "\u00a0non\u00a0breaking\u2003em\u3000wide\u2028line", "repl\ufffdacement",
    "“quotes” ‘single’ «guillemets» „low“ — dash – en … ellipsis", "a_b c^d e`f g~h i|j k{l}m [n] <o> p=q r+s", "¿Qué? ¡Sí! § ¶ † ‡ • · ´ ¨ ¸",
    "3.14159 1,000,000 10^6 0x1F 1st 2nd 20th 1990s '90s", "COVID-19 vaccine H1N1 B2B Wi-Fi 5G iPhone12", "Mr. and Mrs. O'Neill-McDonald Jr., Ph.D.",
    "supercalifragilisticexpialidocious antidisestablishmentarianism", "x" * 99, "x" * 100, "x" * 101, "a " * 30, "word" * 25, "word" * 26,
    "[unused1] entity [unused2]", "##ing ##ed", "豈更車賈 compat ideographs", "𠀀𠮷 extension B", "Ａｂｃ fullwidth １２３", "ℌ𝔢𝔩𝔩𝔬 𝓌ℴ𝓇𝓁𝒹",
    "Angela Merkel met Barack Obama in Berlin on 24 July 2008.", "The Eiffel Tower, Paris, at night; photo by J. Smith (2015).",
    "LeBron James dunks over two defenders during the NBA Finals in Cleveland.", "Mount Fuji seen from Lake Kawaguchi, Yamanashi Prefecture",
    "Crowds gather at Tahrir Square, Cairo, January 2011", "Portrait of Marie Skłodowska Curie, c. 1920", "Beyoncé Knowles-Carter @ Coachella",
    "BEIJING (Reuters) - China's GDP grew 6.9% in Q3", "\"What's up?\" she asked... \"nothing,\" he said.", "line one\n\nline two\n\n\n\tindented",
    "a,b;c:d.e!f?g", "....", "- - -", "\U0001F468\u200d\U0001F52C scientist", "e\u0301\u0302\u0303 stacked", "!\u0301 mark on punctuation", "\u0301alone", "\ufe0f", "ﷺ ligature", "ǅ ǈ titlecase", "ŉ ŀ", "ſ long s", "K Kelvin Å",
]
# Blocks whose properties have not changed for many versions of Unicode.
BLOCKS = [(0x20, 0x7E), (0x20, 0x7E), (0x61, 0x7A), (0x61, 0x7A), (0xA1, 0x24F), (0x300, 0x36F), (0x391, 0x3C9), (0x410, 0x44F), (0x5D0, 0x5EA),
          (0x621, 0x652), (0x905, 0x939), (0xE01, 0xE3A), (0x1EA0, 0x1EF9), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20B5),
          (0x2190, 0x21FF), (0x3041, 0x3096), (0x30A1, 0x30FA), (0x4E00, 0x4FFF), (0xAC00, 0xB000), (0xFF01, 0xFF5E), (0x1F600, 0x1F640)]
WORDS = "the a of in president city tower river played winning unhappiness tokenization Königsberg École naïveté".split()


def random_texts(count, rng):
    for _ in range(count):
        parts = []
        for _ in range(rng.randint(1, 9)):
            low, high = rng.choice(BLOCKS)
            stray = "".join(chr(rng.randint(low, high)) for _ in range(rng.randint(1, 6)))
            parts.append(rng.choice([stray, rng.choice(WORDS), rng.choice(WORDS) + stray]))
        text = rng.choice([" ", " ", "", "  "]).join(parts)
        if all(unicodedata.category(c) != "Cn" for c in text):
            yield text


def tokenizer(vocabulary, cased):
    return BertWordPieceTokenizer(str(vocabulary), lowercase=not cased, strip_accents=not cased)


def cased_vocabulary(texts, rng):
    """Most single characters, and beginnings and middles of words of several lengths."""
    tokens = {}
    splitter = BertPreTokenizer()
    cleaner = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=False, lowercase=False)
    for text in texts:
        for word, _ in splitter.pre_tokenize_str(cleaner.normalize_str(text)):
            for i, c in enumerate(word[:100]):
                if i == 0 or rng.random() < 0.97:
                    tokens[c if i == 0 else "##" + c] = True
            for _ in range(3):
                begin, end = sorted(rng.sample(range(len(word) + 1), 2))
                tokens[("##" if begin else "") + word[begin:end]] = True
    for dropped in rng.sample(sorted(tokens), len(tokens) // 50):
        del tokens[dropped]
    return ["[PAD]", "[unused1]", "[unused2]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(tokens)]


def row(first, text, found):
    ids = " ".join(map(str, found.ids))
    offsets = " ".join(f"{b}-{e}" for b, e in found.offsets)
    return f"{first}\t{json.dumps(text)}\t{ids}\t{offsets}\n"


def write_cased(out, texts):
    path = out / "vocab-cased.txt"
    path.write_text("".join(t + "\n" for t in cased_vocabulary(texts, random.Random(12))), encoding="utf-8")
    with open(out / "wordpiece-cased.tsv", "w", encoding="utf-8", newline="\n") as file:
        for limit in (0, 8):
            words = tokenizer(path, True)
            if limit:
                words.enable_truncation(limit)
            for text in texts:
                file.write(row(limit, text, words.encode(text)))


def main():
    full, out = Path(sys.argv[1]), Path(sys.argv[2])
    write_cased(out, WRITTEN + list(random_texts(20, random.Random(13))))
    if str(full) == "-":
        return
    texts = WRITTEN + list(random_texts(160, random.Random(11)))
    cases = [("u", t) for t in texts] + [("c", t) for t in texts[:: 4]]
    makers = {c: tokenizer(full, c == "c") for c in "uc"}
    needed = {t for c, text in cases for t in makers[c].encode(text).tokens}
    needed |= {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused1]", "[unused2]"}
    # Shorter pieces too, so that the longest match has something to win against.
    tokens = full.read_text(encoding="utf-8").splitlines()
    prefixes = {t[:n] for t in needed for n in range(1, len(t))}
    (out / "vocab.txt").write_text("".join(t + "\n" for t in tokens if t in needed or t in prefixes), encoding="utf-8")
    makers = {c: tokenizer(out / "vocab.txt", c == "c") for c in "uc"}
    with open(out / "wordpiece.tsv", "w", encoding="utf-8", newline="\n") as file:
        for case, text in cases:
            file.write(row(case, text, makers[case].encode(text)))


if __name__ == "__main__":
    main()
