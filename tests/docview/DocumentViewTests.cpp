#include "docview/ViewFixture.h"

#include "document/ImagePane.h"
#include "document/TypePicker.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QTemporaryDir>

namespace hmgrl::test {
namespace {

using Action = DocumentEdit::Action;

constexpr DocumentItem mentionItem(std::int64_t id) {
    return {CategoryKind::Entity, id};
}
constexpr DocumentItem relationItem(std::int64_t id) {
    return {CategoryKind::Relation, id};
}

TEST_F(ViewTest, ClickSelectsAnAcceptedMention) {
    show(lovelace());
    QSignalSpy spy(&m_view, &DocumentView::selectionChanged);
    click(pointOf("Lovelace"));
    EXPECT_EQ(text()->selected(), mentionItem(1));
    EXPECT_EQ(spy.count(), 1);
    EXPECT_TRUE(edits().empty());
}

TEST_F(ViewTest, ClickAcceptsASuggestion) {
    show(lovelace());
    click(pointOf("Babbage"));
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(edits()[0].action, Action::Accept);
    EXPECT_EQ(edits()[0].item, mentionItem(2));
}

TEST_F(ViewTest, ClickOnThePillAcceptsASuggestedRelation) {
    show(lovelace());
    for (const auto& arc : text()->annotationLayout().arcs())
        if (text()->text().relations[static_cast<std::size_t>(arc.relation)].id == 102)
            click(arc.pill.center().toPoint());
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(edits()[0].action, Action::Accept);
    EXPECT_EQ(edits()[0].item, relationItem(102));
}

TEST_F(ViewTest, EnterAcceptsAndGoesToTheNextSuggestion) {
    show(lovelace());
    key(Qt::Key_Return); // selects the first suggestion
    EXPECT_EQ(text()->selected(), mentionItem(2));
    EXPECT_TRUE(edits().empty());
    key(Qt::Key_Return);
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(edits()[0].item, mentionItem(2));
    EXPECT_EQ(text()->selected(), mentionItem(3));
}

TEST_F(ViewTest, EnterWithoutSuggestionsIsDone) {
    show(DocumentBuilder("Ada").mention("Ada", "person").build());
    QSignalSpy spy(&m_view, &DocumentView::documentDone);
    key(Qt::Key_Return);
    EXPECT_EQ(spy.count(), 1);
}

TEST_F(ViewTest, DeleteRejectsSuggestionsAndRemovesLabels) {
    show(lovelace());
    selectMention(2);
    key(Qt::Key_Delete);
    selectMention(1);
    key(Qt::Key_Delete);
    text()->select(relationItem(101));
    key(Qt::Key_Backspace);
    ASSERT_EQ(edits().size(), 3U);
    EXPECT_EQ(edits()[0].action, Action::Reject);
    EXPECT_EQ(edits()[0].item, mentionItem(2));
    EXPECT_EQ(edits()[1].action, Action::Remove);
    EXPECT_EQ(edits()[1].item, mentionItem(1));
    EXPECT_EQ(edits()[2].action, Action::Remove);
    EXPECT_EQ(edits()[2].item, relationItem(101));
}

TEST_F(ViewTest, RetypesByPickerAndByHotKey) {
    show(lovelace());
    selectMention(3);
    key(Qt::Key_T);
    ASSERT_TRUE(m_view.picker()->isVisible());
    // The item's candidates stand first.
    EXPECT_EQ(m_view.picker()->listView()->model()->index(0, 0).data().toString(),
              QStringLiteral("invention"));
    type(QStringLiteral("milit"));
    pickerKey(Qt::Key_Return);
    EXPECT_FALSE(m_view.picker()->isVisible());
    selectMention(1);
    key(Qt::Key_3);
    ASSERT_EQ(edits().size(), 2U);
    EXPECT_EQ(edits()[0].action, Action::Retype);
    EXPECT_EQ(edits()[0].type, "person/military_leader");
    EXPECT_EQ(edits()[1].item, mentionItem(1));
    EXPECT_EQ(edits()[1].type, "organization");
}

TEST_F(ViewTest, AWordThatFitsNoTypeBecomesANewOne) {
    show(lovelace());
    selectMention(1);
    key(Qt::Key_T);
    type(QStringLiteral("mathematician"));
    pickerKey(Qt::Key_Return);
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_TRUE(edits()[0].createsType);
    EXPECT_EQ(edits()[0].type, "mathematician");
}

TEST_F(ViewTest, DragMakesAMentionOfWholeWords) {
    show(lovelace());
    drag(pointOf("orked"), pointOf("with", 1));
    ASSERT_TRUE(m_view.picker()->isVisible());
    EXPECT_EQ(text()->span(), (TextRange{13, 24}));
    pickerKey(Qt::Key_4);
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(edits()[0].action, Action::AddMention);
    EXPECT_EQ(words(edits()[0].span), "worked with");
    EXPECT_EQ(edits()[0].type, "event");
    EXPECT_TRUE(text()->span().isEmpty());
}

TEST_F(ViewTest, ShiftDragIsByCharacterAndExactAfterEmoji) {
    show(manyScripts());
    drag(pointOf("Curie", 1), pointOf("Curie", 3), Qt::ShiftModifier);
    pickerKey(Qt::Key_1);
    drag(pointOf("met", 1), pointOf("met", 1)); // a click only
    drag(pointOf("🇵🇱", 0), pointOf("met", 1));  // words: the flag and "met"
    pickerKey(Qt::Key_1);
    drag(pointOf("Zu\u0308rich", 1), pointOf("Zu\u0308rich", 3), Qt::ShiftModifier);
    pickerKey(Qt::Key_1);
    ASSERT_EQ(edits().size(), 3U);
    EXPECT_EQ(words(edits()[0].span), "uri");
    EXPECT_EQ(words(edits()[1].span), "🇵🇱 met");
    EXPECT_EQ(words(edits()[2].span), "u\u0308r");
}

TEST_F(ViewTest, DragWorksRightToLeft) {
    show(manyScripts());
    drag(pointOf("وعاش", 1), pointOf("مصر", 1));
    pickerKey(Qt::Key_8);
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(words(edits()[0].span), "وعاش في مصر");
    EXPECT_EQ(edits()[0].type, "location/country");
}

TEST_F(ViewTest, MentionByKeyboardAlone) {
    show(lovelace());
    selectMention(1);
    key(Qt::Key_N);
    EXPECT_EQ(text()->mode(), AnnotatedTextView::Mode::NewSpan);
    key(Qt::Key_Right);                                         // "with"
    key(Qt::Key_Left);                                          // "worked"
    key(Qt::Key_Right, Qt::ShiftModifier);                      // "worked with"
    key(Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier); // "worked wit"
    key(Qt::Key_Return);
    type(QStringLiteral("event"));
    pickerKey(Qt::Key_Return);
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(words(edits()[0].span), "worked wit");
    EXPECT_EQ(edits()[0].type, "event");
}

TEST_F(ViewTest, RelationByKeyboardAlone) {
    show(lovelace());
    key(Qt::Key_Right); // first mention
    EXPECT_EQ(text()->selected(), mentionItem(1));
    key(Qt::Key_R);
    EXPECT_EQ(text()->mode(), AnnotatedTextView::Mode::RelationTail);
    key(Qt::Key_Tab);
    key(Qt::Key_Right); // 2 -> 3 -> 4
    key(Qt::Key_Return);
    ASSERT_TRUE(m_view.picker()->isVisible());
    type(QStringLiteral("born"));
    pickerKey(Qt::Key_Return);
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(edits()[0].action, Action::AddRelation);
    EXPECT_EQ(edits()[0].head, 1);
    EXPECT_EQ(edits()[0].tail, 4);
    EXPECT_EQ(edits()[0].type, "born_in");
}

TEST_F(ViewTest, RelationTailByClickDoesntAcceptIt) {
    show(lovelace());
    selectMention(4);
    key(Qt::Key_R);
    click(pointOf("Engine"));
    pickerKey(Qt::Key_1);
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(edits()[0].head, 4);
    EXPECT_EQ(edits()[0].tail, 3);
    EXPECT_EQ(edits()[0].type, "located_in");
}

TEST_F(ViewTest, EscapeCancelsWhateverWasBegun) {
    show(lovelace());
    selectMention(1);
    key(Qt::Key_R);
    key(Qt::Key_Escape);
    EXPECT_EQ(text()->mode(), AnnotatedTextView::Mode::Browse);
    EXPECT_EQ(text()->selected(), mentionItem(1));
    key(Qt::Key_N);
    key(Qt::Key_Escape);
    EXPECT_TRUE(text()->span().isEmpty());
    drag(pointOf("worked"), pointOf("with"));
    pickerKey(Qt::Key_Escape);
    EXPECT_FALSE(m_view.picker()->isVisible());
    EXPECT_TRUE(text()->span().isEmpty());
    key(Qt::Key_Escape);
    EXPECT_TRUE(text()->selected().isNull());
    EXPECT_TRUE(edits().empty());
}

TEST_F(ViewTest, ArrowsAndTabReachEveryItem) {
    show(lovelace());
    key(Qt::Key_Right);
    key(Qt::Key_Tab); // the relation that starts at the first mention
    EXPECT_EQ(text()->selected(), relationItem(101));
    key(Qt::Key_Right);
    EXPECT_EQ(text()->selected(), mentionItem(2));
    key(Qt::Key_Left);
    EXPECT_EQ(text()->selected(), mentionItem(1));
    key(Qt::Key_Backtab,
        Qt::ShiftModifier); // nothing before: the focus may leave, the selection stays
    EXPECT_EQ(text()->selected(), mentionItem(1));
}

TEST_F(ViewTest, ShiftArrowsResizeAMention) {
    show(lovelace());
    selectMention(1);
    key(Qt::Key_Right, Qt::ShiftModifier);
    key(Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
    ASSERT_EQ(edits().size(), 2U);
    EXPECT_EQ(edits()[0].action, Action::SetSpan);
    EXPECT_EQ(words(edits()[0].span), "Ada Lovelace worked");
    EXPECT_EQ(words(edits()[1].span), "Ada Lovelac");
}

TEST_F(ViewTest, RejectedOnesAreHiddenAndTheSelectionSurvivesARefresh) {
    show(nested());
    const std::size_t shown = text()->text().mentions.size();
    EXPECT_EQ(shown, nested().document.mentions.size() - 1);
    selectMention(6);
    DocumentContent changed = nested();
    changed.document.mentions[0].status = Status::Rejected;
    m_view.setContent(changed);
    EXPECT_EQ(text()->selected(), mentionItem(6));
    EXPECT_EQ(text()->text().mentions.size(), shown - 1);
}

TEST_F(ViewTest, ContextMenuOffersWhatFits) {
    show(lovelace());
    QContextMenuEvent event(QContextMenuEvent::Mouse, pointOf("Babbage"),
                            text()->viewport()->mapToGlobal(pointOf("Babbage")));
    QCoreApplication::sendEvent(text()->viewport(), &event);
    auto* menu = m_view.findChild<QMenu*>();
    ASSERT_NE(menu, nullptr);
    ASSERT_GE(menu->actions().size(), 4);
    menu->actions().at(1)->trigger();
    menu->close();
    ASSERT_EQ(edits().size(), 1U);
    EXPECT_EQ(edits()[0].action, Action::Reject);
    EXPECT_EQ(edits()[0].item, mentionItem(2));
}

TEST_F(ViewTest, AMegabyteInOneLineStaysQuick) {
    std::string big;
    while (big.size() < 1'000'000)
        big += "Ada Lovelace wrote notes 👩‍🔬 in London ";
    DocumentBuilder builder(big);
    for (int i = 0; i < 60; ++i)
        builder.mention("London", "location/city", Status::Suggested, 0.8, i);
    QElapsedTimer timer;
    timer.start();
    show(builder.build());
    const auto opened = timer.restart();
    EXPECT_LT(text()->shownCharacters(), 20000);
    for (int i = 0; i < 5; ++i) {
        timer.restart();
        text()->viewport()->repaint();
        EXPECT_LT(timer.elapsed(), 100);
    }
    timer.restart();
    m_view.setContent(builder.build());
    const auto refreshed = timer.elapsed();
    std::printf("1 MB: opened %lld ms, refreshed %lld ms\n", static_cast<long long>(opened),
                static_cast<long long>(refreshed));
    EXPECT_LT(refreshed, 300);
    const int before = text()->shownCharacters();
    text()->showMore();
    EXPECT_GT(text()->shownCharacters(), before);
}

TEST_F(ViewTest, AMegabyteWithoutBlanksStaysQuick) {
    show(DocumentBuilder(std::string(1 << 20, 'x')).build());
    QElapsedTimer timer;
    timer.start();
    text()->viewport()->repaint();
    EXPECT_LT(timer.elapsed(), 100);
    drag({40, 40}, {80, 40}, Qt::ShiftModifier);
    EXPECT_TRUE(m_view.picker()->isVisible());
}

TEST_F(ViewTest, MissingPartsSaySo) {
    DocumentContent content = DocumentBuilder("").build();
    show(content);
    EXPECT_EQ(m_view.imagePane()->message(), QStringLiteral("This document has no image"));
    content.document.imageRef = "photos/lost.jpg";
    content.document.imagePath = "/nowhere/photos/lost.jpg";
    m_view.setContent(content);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return m_view.imagePane()->message() == QStringLiteral("The image lost.jpg was not found");
    }));
    key(Qt::Key_Return);
    key(Qt::Key_N);
    EXPECT_TRUE(edits().empty());
    m_view.clear();
}

TEST_F(ViewTest, ImagesAreReadOffTheUiThread) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.png"));
    QImage picture(300, 200, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    ASSERT_TRUE(picture.save(path));
    DocumentContent content = lovelace();
    content.document.imagePath = path.toStdString();
    show(content);
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_view.imagePane()->hasImage(); }));
    EXPECT_TRUE(m_view.imagePane()->message().isEmpty());
}

TEST_F(ViewTest, BrokenImagesSaySo) {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.png")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("\x89PNG\r\n\x1a\nnot really");
    file.close();
    DocumentContent content = lovelace();
    content.document.imagePath = file.fileName().toStdString();
    show(content);
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return m_view.imagePane()->message() == QStringLiteral("a.png can't be read as an image");
    }));
}

} // namespace
} // namespace hmgrl::test
