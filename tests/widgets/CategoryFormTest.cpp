#include "taxonomy/CategoryForm.h"
#include "taxonomy/CategoryDialog.h"
#include "taxonomy/TypesField.h"
#include "theme/Theme.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

const std::vector<Category> known = {
    {CategoryKind::Entity, "person", "", "", true, paletteColour(0)},
    {CategoryKind::Entity, "person/artist", "", "person", true, paletteColour(1)},
    {CategoryKind::Relation, "visited", "", "", true, paletteColour(0)}};

TEST(CategoryForm, KeyIsAPathOfWords) {
    EXPECT_EQ(categoryKey({CategoryKind::Entity, "  Street  Artist ", "person", {}}),
              "person/street_artist");
    EXPECT_EQ(categoryKey({CategoryKind::Relation, "Born in", "", {}}), "born_in");
    EXPECT_EQ(categoryKey({CategoryKind::Relation, "Born in", "visited", {}}), "born_in");
    EXPECT_EQ(categoryKey({CategoryKind::Entity, QString::fromUtf8("Ünïcode"), "", {}}), "ünïcode");
}

TEST(CategoryForm, FaultsAreTold) {
    const auto fault = [](const char* name, CategoryKind kind = CategoryKind::Entity,
                          const char* parent = "", const char* editing = "") {
        return categoryFault({kind, QString::fromUtf8(name), parent, {}}, known, editing);
    };
    EXPECT_FALSE(fault("  ").isEmpty());
    EXPECT_FALSE(fault("a/b").isEmpty());
    EXPECT_FALSE(fault("Person").isEmpty());
    EXPECT_FALSE(fault("Artist", CategoryKind::Entity, "person").isEmpty());
    EXPECT_FALSE(fault(std::string(90, 'x').c_str()).isEmpty());
    EXPECT_TRUE(fault("Artist").isEmpty());
    EXPECT_TRUE(fault("person", CategoryKind::Relation).isEmpty());
    EXPECT_TRUE(fault("Person", CategoryKind::Entity, "", "person").isEmpty());
}

TEST(CategoryForm, NewCategoryTakesAFreeColour) {
    const Category made =
        makeCategory({CategoryKind::Entity, "Boat", "", " floats \n on water "}, known);
    EXPECT_EQ(made.colour, paletteColour(2));
    EXPECT_EQ(made.description, "floats on water");
    EXPECT_FALSE(made.seen);
}

TEST(CategoryDialogTest, SubmitsOnlyWhatIsSound) {
    const Theme theme;
    CategoryDialog dialog(theme, known, std::nullopt);
    QSignalSpy submitted(&dialog, &CategoryDialog::submitted);
    dialog.setInput({CategoryKind::Entity, "Person", "", {}});
    EXPECT_FALSE(dialog.isSound());
    dialog.accept();
    EXPECT_EQ(submitted.size(), 0);
    dialog.setInput({CategoryKind::Entity, "Painter", "person/artist", "paints pictures"});
    EXPECT_TRUE(dialog.isSound());
    dialog.accept();
    ASSERT_EQ(submitted.size(), 1);
    const auto made = submitted.first().first().value<Category>();
    EXPECT_EQ(made.name, "person/artist/painter");
    EXPECT_EQ(made.parent, "person/artist");
}

TEST(CategoryDialogTest, EditingKeepsColourAndSeen) {
    const Theme theme;
    CategoryDialog dialog(theme, known, known[1]);
    EXPECT_EQ(dialog.input().name, "artist");
    EXPECT_EQ(dialog.input().parent, "person");
    QSignalSpy submitted(&dialog, &CategoryDialog::submitted);
    dialog.accept();
    ASSERT_EQ(submitted.size(), 1);
    EXPECT_EQ(submitted.first().first().value<Category>(), known[1]);
}

TEST(CategoryDialogTest, ARelationSaysWhatItGoesBetween) {
    const Theme theme;
    CategoryDialog dialog(theme, known, std::nullopt);
    dialog.setInput({CategoryKind::Entity, "Boat", "", "floats"});
    dialog.show();
    const auto fields = dialog.findChildren<TypesField*>();
    ASSERT_EQ(fields.size(), 2);
    EXPECT_FALSE(fields[0]->isVisible()) << "an entity type has no ends";
    dialog.setInput({CategoryKind::Relation, "Portrays", "", "shows", {"person/artist"}, {}});
    EXPECT_TRUE(fields[0]->isVisible());
    EXPECT_EQ(fields[0]->currentText(), "artist");
    EXPECT_EQ(fields[1]->currentText(), "any");
    QListWidget* list = fields[1]->list();
    ASSERT_EQ(list->count(), 2);
    list->item(1)->setCheckState(Qt::Checked); // artist
    list->item(0)->setCheckState(Qt::Checked); // person, and with it the artist
    EXPECT_EQ(fields[1]->types(), std::vector<std::string>{"person"});
    EXPECT_EQ(list->item(1)->checkState(), Qt::Checked);
    EXPECT_FALSE(list->item(1)->flags() & Qt::ItemIsEnabled);
    QSignalSpy submitted(&dialog, &CategoryDialog::submitted);
    dialog.accept();
    ASSERT_EQ(submitted.size(), 1);
    const auto made = submitted.first().first().value<Category>();
    EXPECT_EQ(made.heads, std::vector<std::string>{"person/artist"});
    EXPECT_EQ(made.tails, std::vector<std::string>{"person"});
}

} // namespace
} // namespace hmgrl
