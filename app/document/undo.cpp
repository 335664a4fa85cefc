// SPDX-License-Identifier: MIT
#include "app/document/undo.hpp"

#include <utility>

namespace phaseloom {

Scene keep_playback(Scene scene, const Scene& current) {
  for (const auto& field : scene_fields())
    if (!field.undoable) field.assign(field, scene, field.print(current));
  return scene;
}

void UndoHistory::add(const Scene& before, const Scene& after, std::string label) {
  undone_.clear();
  if (in_gesture_ && gesture_has_entry_ && done_.back().stroke.touches.empty()) {
    done_.back().after = after;
    done_.back().label = std::move(label);
    return;
  }
  add({before, after, std::move(label), {}});
}

void UndoHistory::add_touch(const Scene& now, std::uint64_t run, const Touch& touch,
                            std::string label) {
  undone_.clear();
  if (in_gesture_ && gesture_has_entry_ && !done_.back().stroke.touches.empty() &&
      done_.back().stroke.run == run)
    return done_.back().stroke.touches.push_back(touch);
  add({now, now, std::move(label), {run, {touch}}});
}

void UndoHistory::add(Entry entry) {
  done_.push_back(std::move(entry));
  if (done_.size() > kMaxEntries) done_.pop_front();
  gesture_has_entry_ = in_gesture_;
  resumable_ = false;
}

bool UndoHistory::forget_strokes(bool of_redo, std::uint64_t run) {
  const auto forget = [&](auto& entries) {
    const auto size = entries.size();
    while (!entries.empty() && !entries.back().stroke.touches.empty() &&
           entries.back().stroke.run != run)
      entries.pop_back();
    return entries.size() != size;
  };
  if (!of_redo) in_gesture_ = gesture_has_entry_ = resumable_ = false;
  return of_redo ? forget(undone_) : forget(done_);
}

void UndoHistory::begin_gesture() {
  end_gesture();
  in_gesture_ = true;
}

void UndoHistory::resume_gesture() {
  end_gesture();
  in_gesture_ = true;
  gesture_has_entry_ = resumable_;
}

void UndoHistory::end_gesture() {
  if (!in_gesture_) return;
  resumable_ = gesture_has_entry_;
  if (gesture_has_entry_) {
    const auto& entry = done_.back();
    if (entry.stroke.touches.empty() && keep_playback(entry.before, entry.after) == entry.after) {
      done_.pop_back();
      resumable_ = false;
    }
  }
  in_gesture_ = gesture_has_entry_ = false;
}

void UndoHistory::take_undo() {
  in_gesture_ = gesture_has_entry_ = resumable_ = false;
  undone_.push_back(std::move(done_.back()));
  done_.pop_back();
}

void UndoHistory::take_redo() {
  in_gesture_ = gesture_has_entry_ = resumable_ = false;
  done_.push_back(std::move(undone_.back()));
  undone_.pop_back();
}

}  // namespace phaseloom
