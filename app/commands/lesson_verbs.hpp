// SPDX-License-Identifier: MIT
#pragma once
// Commands of lessons.

#include "app/commands/arguments.hpp"

namespace phaseloom::verbs {

inline constexpr ArgumentInfo kLessonName[] = {text("NAME")};
inline constexpr ArgumentInfo kLessonStep[] = {integer("STEP", 1, 1000)};
inline constexpr ArgumentInfo kLanguage[] = {text("LANGUAGE")};

inline constexpr CommandInfo lesson_open{"lesson.open", Scope::background, kLessonName, 1,
                                         "Begins a lesson, or goes on with it where it was left."};
inline constexpr CommandInfo lesson_step{"lesson.step", Scope::background, kLessonStep, 1,
                                         "Goes to a step of the lesson, from 1."};
inline constexpr CommandInfo lesson_next{
    "lesson.next", Scope::background, {}, 0, "Goes to the next step; behind the last one it ends."};
inline constexpr CommandInfo lesson_back{
    "lesson.back", Scope::background, {}, 0, "Goes to the step before."};
inline constexpr CommandInfo lesson_close{"lesson.close",
                                          Scope::background,
                                          {},
                                          0,
                                          "Leaves the lesson; it is remembered how far it was."};
inline constexpr CommandInfo lesson_language{
    "lesson.language", Scope::background, kLanguage, 1,
    "The language that lessons speak, en or de, or auto: the system's."};

/// All of them, as they are listed.
inline constexpr const CommandInfo* kLessonVerbs[] = {
    &lesson_open, &lesson_step, &lesson_next, &lesson_back, &lesson_close, &lesson_language};

}  // namespace phaseloom::verbs
