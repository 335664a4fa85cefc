// SPDX-License-Identifier: MIT
#pragma once
// The scenes that were, and those that were taken back; and the touches of runs.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "app/document/scene.hpp"
#include "app/document/touch.hpp"

namespace phaseloom {

/// `scene` with the values that undo leaves alone (playing, round) as they are in `current`.
Scene keep_playback(Scene scene, const Scene& current);

class UndoHistory {
 public:
  static constexpr std::size_t kMaxEntries = 500;

  /// The scene was changed. Within a gesture, all changes are one entry, which goes away if the
  /// gesture ends where it began. Clears what could be redone.
  void add(const Scene& before, const Scene& after, std::string label);
  /// What was touched in a run; one entry of undo within a gesture, too.
  void add_touch(const Scene& now, std::uint64_t run, const Touch& touch, std::string label);
  void begin_gesture();
  /// Goes on with the gesture that ended last, if nothing else was done since.
  void resume_gesture();
  void end_gesture();
  bool in_gesture() const { return in_gesture_; }

  bool can_undo() const { return !done_.empty(); }
  bool can_redo() const { return !undone_.empty(); }
  /// Empty when there is nothing.
  std::string undo_label() const { return done_.empty() ? "" : done_.back().label; }
  std::string redo_label() const { return undone_.empty() ? "" : undone_.back().label; }

  // Two steps each, since going to a scene may fail: look, then take.
  const Scene& undo_scene() const { return done_.back().before; }
  const Scene& redo_scene() const { return undone_.back().after; }
  void take_undo();
  void take_redo();
  /// What these were of touches, instead of a change of the scene.
  struct Stroke {
    std::uint64_t run = 0;
    Touches touches;  ///< empty: a change of the scene
  };
  const Stroke& undo_stroke() const { return done_.back().stroke; }
  const Stroke& redo_stroke() const { return undone_.back().stroke; }
  /// Strokes on top that are of other runs than this one go, as nothing is left of them. Whether
  /// there were any.
  bool forget_strokes(bool of_redo, std::uint64_t run);

 private:
  struct Entry {
    Scene before;
    Scene after;
    std::string label;
    Stroke stroke;
  };
  void add(Entry entry);
  std::deque<Entry> done_;
  std::vector<Entry> undone_;
  bool in_gesture_ = false;
  bool gesture_has_entry_ = false;
  bool resumable_ = false;  // the latest entry is of the gesture that ended last
};

}  // namespace phaseloom
