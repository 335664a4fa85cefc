// SPDX-License-Identifier: MIT
#pragma once
// A value of a scene: its name, range and help. Each struct of a scene has the table of its values
// beside it, NAME_fields.cpp, and that is the only place that knows them: the scene file, the
// command `set`, undo labels, the documentation and the window's hints all read it.

#include <span>
#include <string>
#include <string_view>

namespace phaseloom {

struct Scene;

/// What a value of Kind::own says that is not one's own.
inline constexpr std::string_view kPresets = "preset";

/// One value of a scene.
struct SceneField {
  enum class Kind {
    integer,
    natural,
    real,
    boolean,
    choice,
    text,
    own,  ///< a real number in the place of a preset's, or kPresets: files leave it out then
  };

  std::string_view name;   ///< "hardware.bits": in the file, bits within an object "hardware"
  std::string_view label;  ///< for people: "Bits"
  std::string_view unit;   ///< "steps/s", or ""
  std::string_view help;   ///< one sentence
  Kind kind = Kind::real;
  double min = 0;  ///< of a number, inclusive
  double max = 0;
  std::span<const std::string_view> choices;  ///< of a choice
  bool undoable = true;  ///< playing and round are not: undo must not stop the film

  /// The value as text that assign() takes back exactly.
  std::string (*print)(const Scene& scene) = nullptr;
  /// Strict: throws Error naming the field, what is wrong and what would be right; the scene is
  /// unchanged then.
  void (*assign)(const SceneField& self, Scene& scene, std::string_view text) = nullptr;
};

/// The tables, in the order of scene_fields().
std::span<const SceneField> hardware_fields();
std::span<const SceneField> cost_fields();
std::span<const SceneField> sweep_fields();
std::span<const SceneField> circuit_fields();
std::span<const SceneField> training_fields();
std::span<const SceneField> transport_fields();
std::span<const SceneField> thermo_fields();
std::span<const SceneField> playground_fields();
std::span<const SceneField> field_fields();

}  // namespace phaseloom
