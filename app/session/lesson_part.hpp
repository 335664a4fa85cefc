// SPDX-License-Identifier: MIT
#pragma once
// The lesson that is taken: which step, whether the learner has done what it waits for, and how far
// each lesson was. A lesson drives the laboratory by the commands that everybody has, and locks
// nothing.

#include <chrono>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/document/scene.hpp"
#include "app/lessons/lesson.hpp"
#include "app/session/part.hpp"

namespace phaseloom {

class LessonPart : public Part {
 public:
  /// Reads the lessons in these folders when they are first asked for; of two of one name the
  /// latter counts.
  LessonPart(Session& session, std::vector<std::filesystem::path> folders, bool gated);

  bool act(const Command& command) override;
  void update() override;
  void heard(const Command& command) override;
  void pass(double seconds) override;
  std::uint64_t activity() const override { return activity_; }

  /// All there are in the language that is spoken, or else in English, by their numbers.
  const std::vector<Lesson>& lessons();
  /// Languages that any of them is in, sorted.
  std::vector<std::string> languages();
  std::string language();
  /// Null: none is open.
  const Lesson* open();
  const LessonStep* step();
  /// Whether the open lesson has no step behind this one.
  bool at_end();
  /// Whether what the step waits for was done; true as well if it waits for nothing.
  bool passed() const { return passed_; }
  /// Of the step: whether that holds just now.
  bool met(const Condition& condition) const;
  /// Whether all that the step waits for holds just now, but not long enough yet.
  bool nearly() const { return held_ > 0 && !passed_; }
  /// Steps of that lesson that were passed in earlier lives, too.
  int passed_steps(const Lesson& lesson) const;
  /// A text of the step, with the numbers that it quotes as they are now.
  std::string spoken(const std::string& text) const;

 private:
  void load();
  void open_lesson(const std::string& name);
  void go_to(int step);
  void set_scene_before(int step);
  /// As the lesson's own: heard() leaves them out.
  void give(const std::vector<Command>& commands);
  void begin_step(bool sets_the_scene);
  void close();
  void go_on(double seconds);
  void note_passed();
  const Lesson* find(const std::string& name);

  const std::vector<std::filesystem::path> folders_;
  const bool gated_;
  bool loaded_ = false;
  std::vector<Lesson> all_;     ///< in all languages
  std::vector<Lesson> spoken_;  ///< one of each
  std::string spoken_language_;
  std::uint64_t activity_ = 0;

  // The step.
  std::string begun_;          ///< lesson and step that the following is of
  Scene before_;               ///< when it began
  std::set<std::string> did_;  ///< commands since then
  bool speaks_ = false;        ///< the commands that are heard are the lesson's own
  bool passed_ = false;
  double held_ = 0;  ///< seconds that its conditions have held for
  std::chrono::steady_clock::time_point last_;
};

}  // namespace phaseloom
