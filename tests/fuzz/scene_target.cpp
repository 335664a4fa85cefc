// SPDX-License-Identifier: MIT
// Apart from the other targets: scenes belong to the laboratory, not to the engine.

#include "app/document/scene.hpp"
#include "tests/fuzz/parsed.hpp"
#include "tests/fuzz/targets.hpp"

namespace phaseloom {

void fuzz_scene(std::span<const std::byte> input) {
  const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
  const auto scene = parsed([&] { return parse_scene(text, "input"); });
  if (!scene) return;
  const std::string written = print_scene(*scene);
  const Scene again = parse_scene(written, "output");
  require(again == *scene, "a value changed");
  require(print_scene(again) == written, "writing is not reproducible");
  // As a recording sets it, value by value.
  Scene set;
  for (const auto& field : scene_fields()) set_field(set, field.name, field.print(*scene));
  require(set == *scene, "a value cannot be set as it is printed");
}

}  // namespace phaseloom
