#include "app/session/undo.hpp"

#include <utility>

namespace phaseloom {

Scene keep_transport(Scene scene, const Scene& current) {
  for (const auto& field : scene_fields())
    if (!field.undoable) field.assign(field, scene, field.print(current));
  return scene;
}

void UndoHistory::add(const Scene& before, const Scene& after, std::string label) {
  undone_.clear();
  if (in_gesture_ && gesture_has_entry_) {
    done_.back().after = after;
    done_.back().label = std::move(label);
    return;
  }
  done_.push_back({before, after, std::move(label)});
  if (done_.size() > kMaxEntries) done_.pop_front();
  gesture_has_entry_ = in_gesture_;
}

void UndoHistory::begin_gesture() {
  end_gesture();
  in_gesture_ = true;
}

void UndoHistory::end_gesture() {
  if (in_gesture_ && gesture_has_entry_) {
    const auto& entry = done_.back();
    if (keep_transport(entry.before, entry.after) == entry.after) done_.pop_back();
  }
  in_gesture_ = gesture_has_entry_ = false;
}

void UndoHistory::take_undo() {
  in_gesture_ = gesture_has_entry_ = false;
  undone_.push_back(std::move(done_.back()));
  done_.pop_back();
}

void UndoHistory::take_redo() {
  in_gesture_ = gesture_has_entry_ = false;
  done_.push_back(std::move(undone_.back()));
  undone_.pop_back();
}

}  // namespace phaseloom
