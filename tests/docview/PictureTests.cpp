#include "document/DocumentView.h"
#include "document/ImagePane.h"
#include "document/TypeList.h"
#include "document/TypePicker.h"
#include "docview/Pictures.h"
#include "docview/Samples.h"

#include <QFileInfo>
#include <QTest>
#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

std::string samplePhoto() {
    const QString path =
        QStringLiteral(HMGRL_SHARED_DATA "/sample-photos/images/explore_monuments__cabrillo.jpg");
    return QFileInfo::exists(path) ? path.toStdString() : std::string();
}

class Pictures : public ThemedTest {};

TEST_P(Pictures, Documents) {
    DocumentView view(theme());
    const auto all = categories();
    view.setTypes(TypeCatalogue(all));
    view.resize(1180, 620);
    const std::pair<const char*, DocumentContent> samples[] = {{"lovelace", lovelace()},
                                                               {"wrapped", wrapped()},
                                                               {"nested", nested()},
                                                               {"scripts", manyScripts()}};
    int id = 0;
    for (auto [what, content] : samples) {
        content.document.id = ++id;
        if (id < 3)
            content.document.imagePath = samplePhoto();
        view.setContent(content);
        view.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
        if (!content.document.imagePath.empty()) {
            EXPECT_TRUE(QTest::qWaitFor([&] { return view.imagePane()->hasImage(); }));
        }
        if (id == 1)
            view.select({CategoryKind::Entity, 1});
        if (id == 2) {
            view.select({CategoryKind::Relation, 106});
        }
        keep(view.grab(), what);
    }
    view.resize(760, 620);
    DocumentContent narrow = wrapped();
    narrow.document.id = 9;
    view.setContent(narrow);
    QTest::qWait(20);
    keep(view.grab(), "narrow");
}

TEST_P(Pictures, Picker) {
    TypePicker picker(theme());
    const auto all = categories();
    const std::vector<Candidate> candidates = {
        {"person/scientist", 0.71, 1.1}, {"person", 0.2, 1.9}, {"work", 0.05, 3}};
    picker.open(QStringLiteral("Type of “Ada Lovelace”"),
                rankedChoices(TypeCatalogue(all), CategoryKind::Entity, candidates), "person",
                QRect(100, 100, 80, 20));
    QTest::qWait(50);
    keep(picker.grab(), "picker");
}

INSTANTIATE_TEST_SUITE_P(Both, Pictures, testing::Values(Theme::Mode::Light, Theme::Mode::Dark));

} // namespace
} // namespace hmgrl::test
