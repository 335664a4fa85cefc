// SPDX-License-Identifier: MIT
// Apart from the other targets: scenes belong to the laboratory, not to the engine.

#include "app/document/scene.hpp"
#include "app/document/share_text.hpp"
#include "app/document/sweep_plan_file.hpp"
#include "engine/data/deflate.hpp"
#include "tests/fuzz/parsed.hpp"
#include "tests/fuzz/targets.hpp"

namespace phaseloom {
namespace {

void fuzz_line(std::string_view line) {
  const auto scene = parsed([&] { return parse_share_text(line, "input"); });
  if (!scene) return;
  require(shareable(*scene) == *scene, "a path has come through");
  const std::string written = share_text(*scene);
  require(parse_share_text(written, "output") == *scene, "a value changed");
  require(unwrapped(written) == written && is_sealed(line), "it is not known as a line");
}

}  // namespace

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

void fuzz_share(std::span<const std::byte> input) {
  constexpr std::size_t kFits = 20'000;  // what is sealed as it is
  const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
  fuzz_line(text);
  if (input.size() > kFits) return;
  // Damage is hardly ever behind a checksum that is right; so these are given one.
  fuzz_line(seal(input));
  fuzz_line(seal(deflated(text)));
}

void fuzz_plan(std::span<const std::byte> input) {
  const std::string_view text(reinterpret_cast<const char*>(input.data()), input.size());
  const auto plan = parsed([&] { return parse_sweep_plan(text, "input"); });
  if (!plan) return;
  const std::string written = print_sweep_plan(*plan);
  require(parse_sweep_plan(written, "output") == *plan, "a value changed");
}

}  // namespace phaseloom
