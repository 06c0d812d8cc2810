#include "document/WordSnap.h"

#include <QString>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

QString cut(const QString& text, TextRange range) {
    return text.mid(range.begin, range.end - range.begin);
}

int at(const QString& text, const QString& words) {
    return static_cast<int>(text.indexOf(words));
}

TEST(WordSnap, GrowsToWholeWordsAndLeavesPunctuation) {
    const QString text = QStringLiteral("In (Paris), Ada Lovelace wrote.");
    EXPECT_EQ(cut(text, snapToWords(text, at(text, QStringLiteral("aris")),
                                    at(text, QStringLiteral("ris")))),
              QStringLiteral("Paris"));
    EXPECT_EQ(cut(text, snapToWords(text, at(text, QStringLiteral("da L")),
                                    at(text, QStringLiteral("velace")))),
              QStringLiteral("Ada Lovelace"));
    // Backwards as well, and from punctuation to punctuation.
    EXPECT_EQ(cut(text, snapToWords(text, at(text, QStringLiteral("lace")),
                                    at(text, QStringLiteral("Ada")))),
              QStringLiteral("Ada Lovelace"));
    EXPECT_EQ(
        cut(text, snapToWords(text, at(text, QStringLiteral("(")), at(text, QStringLiteral(",")))),
        QStringLiteral("Paris"));
}

TEST(WordSnap, NothingInBlanks) {
    EXPECT_TRUE(snapToWords(QStringLiteral("a   b"), 2, 2).isEmpty());
    EXPECT_TRUE(snapToWords(QString(), 0, 0).isEmpty());
    EXPECT_TRUE(snapToCharacters(QString(), 0, 3).isEmpty());
}

TEST(WordSnap, KeepsEmojiSequencesAndMarksWhole) {
    const QString scientist = QStringLiteral("👩‍🔬");
    const QString text = QStringLiteral("a") + scientist + QStringLiteral("b Jose\u0301!");
    for (int i = 1; i <= scientist.size(); ++i)
        EXPECT_EQ(cut(text, snapToCharacters(text, i, i)), scientist) << i;
    const int accent = at(text, QStringLiteral("\u0301"));
    EXPECT_EQ(cut(text, snapToCharacters(text, accent, accent)), QStringLiteral("e\u0301"));
    EXPECT_EQ(cut(text, snapToWords(text, accent, accent)), QStringLiteral("Jose\u0301"));
}

TEST(WordSnap, StepsFromWordToWord) {
    const QString text = QStringLiteral("Ada, Countess of Lovelace.");
    TextRange word = wordAfter(text, 0);
    EXPECT_EQ(cut(text, word), QStringLiteral("Ada"));
    word = wordAfter(text, word.end);
    EXPECT_EQ(cut(text, word), QStringLiteral("Countess"));
    EXPECT_EQ(cut(text, wordBefore(text, word.begin)), QStringLiteral("Ada"));
    EXPECT_TRUE(wordBefore(text, 0).isEmpty());
    EXPECT_TRUE(wordAfter(text, static_cast<int>(text.size()) - 1).isEmpty());
}

TEST(WordSnap, IsQuickInAMegabyteWithoutBlanks) {
    const QString text(1 << 20, QChar(u'x'));
    const TextRange range = snapToWords(text, 500000, 500000);
    EXPECT_TRUE(range.begin <= 500000 && range.end > 500000);
    EXPECT_EQ(characterAfter(text, 7), 8);
    EXPECT_EQ(characterBefore(text, 7), 6);
}

} // namespace
} // namespace hmgrl
