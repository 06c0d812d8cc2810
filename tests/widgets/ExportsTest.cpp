#include "studio/Exports.h"

#include "bridge/TextOffsets.h"
#include "disk/DiskWidget.h"
#include "studio/PictureDialog.h"
#include "support/Files.h"
#include "widgets/SessionFixture.h"
#include "workflow/EmbeddingJob.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QSignalSpy>

namespace hmgrl::studio {
namespace {

DiskScene fourPoints() {
    DiskScene scene;
    scene.points = {{0, 0}, {1, 0}, {1, 2}, {2, 4}};
    scene.kind = {PointKind::EntityPrototype, PointKind::Mention, PointKind::Mention,
                  PointKind::Mention};
    scene.id = {-1, 1, 2, 3};
    scene.document = {-1, 1, 1, 1};
    scene.colour = {0x336699, 0x336699, 0x336699, 0x336699};
    scene.category = {0, 0, 0, 0};
    scene.categoryNames = {"person"};
    scene.labels = {"person", "", "", ""};
    return scene;
}

class ExportsTest : public test::SessionFixture {
protected:
    /// What was told, after it was told.
    QString exported(const QString& path, const PictureOptions& options) {
        DiskController view;
        view.setViewport(800, 600);
        view.setScene(fourPoints());
        QString said;
        const auto hear = [&](const QString& message) { said = message; };
        exportDiskPicture(&session, view, path, options, hear, hear);
        EXPECT_TRUE(said.isEmpty()) << "drawn on a thread of its own";
        EXPECT_TRUE(waitFor([&] { return !said.isEmpty(); }));
        return said;
    }
    [[nodiscard]] std::string bytesOf(const QString& path) const {
        return readFile(fromQString(path));
    }
};

TEST_F(ExportsTest, TheEndingChoosesTheFormat) {
    for (const auto& [name, begin] :
         {std::pair{"disk.svg", "<?xml"}, {"disk.PDF", "%PDF-"}, {"disk.png", "\x89PNG"}}) {
        const QString path = file(name);
        EXPECT_TRUE(exported(path, {}).contains(path));
        EXPECT_TRUE(bytesOf(path).starts_with(begin)) << name;
    }
    EXPECT_TRUE(exported(file("disk.gif"), {}).contains(".svg, .pdf or .png"));
    EXPECT_TRUE(exported(file("absent/disk.svg"), {}).contains("absent"));
}

TEST_F(ExportsTest, ThePictureHasTheLegendThatTheDiskShows) {
    DiskWidget disk;
    disk.resize(900, 700);
    disk.setScene(fourPoints());
    DiskLegend legend;
    legend.title = "Confidence";
    legend.entries = {{"above 80 %", 0x112233, 3, Marker::Star},
                      {"place/city", 0x445566, 0, {}},
                      {"", 0x778899, 1, {}}};
    legend.entryOfRow = {1, 0, 0, 2};
    disk.setLegend(legend);
    const PictureOptions options = pictureOptions(disk, true);
    EXPECT_TRUE(options.dark);
    EXPECT_EQ(options.aspect, 1) << "the whole disk";
    ASSERT_TRUE(options.shown);
    EXPECT_EQ(options.shown->title, "Confidence");
    EXPECT_EQ(options.shown->entries.at(0).marker, Marker::Star);
    EXPECT_EQ(options.shown->entries.at(1).name, "city") << "a name, not a key";
    EXPECT_EQ(options.shown->entries.at(2).name, "untyped");
    EXPECT_NE(diskSvg(disk.controller(), options).find(">above 80 %<"), std::string::npos);
}

TEST_F(ExportsTest, TheDialogOffersFormatsAndSizes) {
    PictureOptions first;
    first.dark = true;
    first.side = 800;
    PictureDialog dialog(first);
    EXPECT_EQ(dialog.suffix(), "pdf");
    EXPECT_TRUE(dialog.options().dark);
    const auto boxes = dialog.findChildren<QComboBox*>();
    ASSERT_EQ(boxes.size(), 3);
    for (const QWidget* box : boxes)
        EXPECT_FALSE(box->accessibleName().isEmpty());
    EXPECT_FALSE(boxes[1]->isEnabled()) << "vectors have no pixels";
    boxes[0]->setCurrentIndex(2);
    EXPECT_EQ(dialog.suffix(), "png");
    EXPECT_TRUE(boxes[1]->isEnabled());
    boxes[1]->setCurrentIndex(3);
    EXPECT_TRUE(boxes[1]->currentText().contains(QLocale().toString(4200)));
    dialog.findChild<QCheckBox*>()->setChecked(false);
    EXPECT_TRUE(boxes[1]->currentText().contains(QLocale().toString(3200)));
    dialog.findChild<QLineEdit*>()->setText(" Étude ");
    boxes[2]->setCurrentIndex(0);
    EXPECT_EQ(dialog.options().scale, 4);
    EXPECT_EQ(dialog.options().title, "Étude");
    EXPECT_FALSE(dialog.options().dark);
    EXPECT_FALSE(dialog.options().legend);
}

TEST_F(ExportsTest, TheDialogRefusesSizesThatNoPictureHas) {
    PictureOptions wide;
    wide.side = 2160;
    wide.aspect = 1.8;
    PictureDialog dialog(wide);
    auto* resolution = dialog.findChildren<QComboBox*>().at(1);
    auto* legend = dialog.findChild<QCheckBox*>();
    const auto isOffered = [&](int i) {
        return resolution->model()->index(i, 0).flags().testFlag(Qt::ItemIsEnabled);
    };
    EXPECT_TRUE(isOffered(2));
    EXPECT_FALSE(isOffered(3)) << "the legend makes it wider than 16,000 pixels";
    EXPECT_EQ(dialog.options().scale, 2);
    legend->setChecked(false);
    EXPECT_TRUE(isOffered(3));
    resolution->setCurrentIndex(3);
    legend->setChecked(true);
    EXPECT_FALSE(isOffered(3));
    EXPECT_EQ(dialog.options().scale, 3) << "the largest that fits";
}

/// A placed disk of the project's mentions, with latents made up of their row numbers.
DiskData placedDisk(const Document& document) {
    CategorySpace::Part entities;
    entities.categories = {{CategoryKind::Entity, "person", "", "", true, 0x112233}};
    entities.prototypes = {1.0F, 0.0F};
    entities.width = 2;
    entities.assignable = {true};
    std::vector<SampleRow> samples;
    for (const Mention& mention : document.mentions) {
        SampleRow row;
        row.id = mention.id;
        row.document = document.id;
        row.type = mention.type;
        row.status = mention.status;
        row.latent = {static_cast<float>(mention.id), 0.5F};
        row.where = DiskPoint{1, static_cast<double>(mention.id)};
        samples.push_back(row);
    }
    DiskData disk = makeDiskData(CategoryKind::Entity, samples, {entities, {}});
    EXPECT_TRUE(placeFromStored(disk, {{"person", {0.5, 1.0}}}));
    return disk;
}

TEST_F(ExportsTest, EmbeddingsCarryTheTextsOfTheProject) {
    openCorpus(3);
    const Document first = document(documentIds()[0]);
    const auto disk = std::make_shared<const DiskData>(placedDisk(first));
    const std::string out = fromQString(file("vectors"));
    bool done = false;
    QSignalSpy finished(&session, &Session::workFinished);
    session.work(
        "export", "vectors", &session,
        [disk, out](const ProjectLink& link, const CancelToken& cancel, const ProgressSink& sink) {
            exportEmbeddings(link, *disk, out, cancel, sink);
        },
        [&] { done = true; });
    EXPECT_TRUE(session.isBusy());
    ASSERT_TRUE(waitFor([&] { return done && !finished.isEmpty(); }));
    EXPECT_TRUE(failures.isEmpty()) << failures.join(QLatin1Char('\n')).toStdString();
    const std::string table = readFile(out + "/metadata.tsv");
    EXPECT_NE(table.find("\nAda\tsample\tperson\t\tseen\taccepted\t"), std::string::npos) << table;
    EXPECT_NE(table.find("\tdoc0\tAda met Bob in Rome on day 0\n"), std::string::npos) << table;
    EXPECT_NE(table.find("\nperson\tprototype\tperson\t\tseen\t"), std::string::npos) << table;
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 4); // header, two mentions, prototype
}

TEST_F(ExportsTest, WhatFailsIsToldAndWhatIsCancelledIsNot) {
    openCorpus(3);
    bool done = false;
    const auto run = [&](const Session::LongJob& job) {
        QSignalSpy finished(&session, &Session::workFinished);
        session.work("export", "", &session, job, [&] { done = true; });
        EXPECT_TRUE(waitFor([&] { return !finished.isEmpty(); }));
    };
    run([](const ProjectLink&, const CancelToken&, const ProgressSink&) {
        throw Error("disk.npy", {}, "cannot write: no space");
    });
    ASSERT_TRUE(waitFor([&] { return !failures.isEmpty(); }));
    EXPECT_TRUE(failures.first().contains("disk.npy"));
    run([this](const ProjectLink&, const CancelToken& cancel, const ProgressSink&) {
        QMetaObject::invokeMethod(&session, &Session::cancelWork);
        while (true) {
            cancel.throwIfCancelled();
            QThread::msleep(1);
        }
    });
    EXPECT_EQ(failures.size(), 1);
    EXPECT_FALSE(done);
}

} // namespace
} // namespace hmgrl::studio
