// SPDX-License-Identifier: MIT
#pragma once
// What a lesson is: steps of text beside what they speak of, commands that set the scene, and what
// a learner does before a step counts as passed. docs/lessons.md documents the files.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/command.hpp"
#include "app/lessons/condition.hpp"

namespace phaseloom {

struct LessonStep {
  std::string title;
  std::string text;               ///< may quote numbers: "{playground.coupling:2}"
  std::string anchor;             ///< a control or part of the window; empty: none
  std::vector<Command> commands;  ///< when it begins
  std::vector<Condition> waits;   ///< all at once; none: it is passed by reading
  double hold = 0.5;              ///< seconds that they must hold for (*)
  std::string remark;             ///< once it is passed; may quote numbers
};

struct Lesson {
  std::string name;      ///< of its file, without number, language and ending: "two-clocks"
  std::string language;  ///< "en"
  int number = 0;        ///< its place among the lessons, from 1
  std::string title, summary;
  std::vector<LessonStep> steps;
};

/// Whether there is a measured quantity of that name.
using KnowsQuantity = std::function<bool(std::string_view)>;

/// The lesson of a file's text. Throws Error led by "source:line: ": what is wrong there and what
/// would be right. `source` is "NN-NAME.LANGUAGE.md" or a path that ends so.
Lesson parse_lesson(std::string_view text, std::string_view source, const KnowsQuantity& knows);

/// Calls `visit(name, digits)` for each number that a text quotes, in order, and puts what it
/// returns in its place. Digits: behind the point; 2 if it is not said.
std::string with_numbers(std::string_view text,
                         const std::function<std::string(std::string_view, int)>& visit);

}  // namespace phaseloom
