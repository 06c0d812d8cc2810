#pragma once

#include "bridge/Session.h"
#include "inspector/InspectorFacts.h"

#include <QObject>
#include <memory>

namespace hmgrl {

class InspectorView;
struct Surroundings;

/// Fills an InspectorView with what the session has selected: the project is read on its own
/// thread, the neighbours are searched on the thread pool. Jumps become selections.
class InspectorController : public QObject {
    Q_OBJECT
public:
    /// Both must outlive the controller.
    InspectorController(Session& session, InspectorView& view, QObject* parent = nullptr);

private:
    void refresh();
    void readDocument(const Selection& selection);
    void readSample(const Selection& selection);
    void search(const SampleFacts& facts, const Selection& selection);
    void describe(const SampleFacts& facts, const Selection& selection, const Surroundings& around);

    Session& m_session;
    InspectorView& m_view;
    int m_request = 0; ///< answers to older requests are dropped
};

} // namespace hmgrl
