// SPDX-License-Identifier: MIT
#pragma once
// What lessons may wait for and quote besides values of the scene: a list of values.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace phaseloom {

class Session;

struct LessonQuantity {
  std::string_view name;
  std::string_view help;
  /// Nothing: it is not known just now.
  std::optional<double> (*read)(const Session& session);
};

/// Those with names of their own; measured.KEY and theory.KEY of the playground's meters besides.
std::span<const LessonQuantity> lesson_quantities();

bool is_lesson_quantity(std::string_view name);
std::optional<double> lesson_quantity(const Session& session, std::string_view name);

}  // namespace phaseloom
