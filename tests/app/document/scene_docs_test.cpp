// SPDX-License-Identifier: MIT
// docs/scripts.md lists the values of a scene as the table of fields has them.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "app/document/scene.hpp"
#include "tests/support/generated_docs.hpp"

namespace phaseloom {
namespace {

std::string values_of(const SceneField& field) {
  switch (field.kind) {
    case SceneField::Kind::choice: {
      std::string names;
      for (const auto name : field.choices)
        names += fmt::format("{}`{}`", names.empty() ? "" : ", ", name);
      return names;
    }
    case SceneField::Kind::boolean:
      return "`true`, `false`";
    case SceneField::Kind::natural:
      return "0 to 2^64 - 1";
    case SceneField::Kind::text:
      return "text";
    case SceneField::Kind::own:
    case SceneField::Kind::integer:
    case SceneField::Kind::real:
      break;
  }
  const std::string unit = field.unit.empty() ? "" : " " + std::string(field.unit);
  const char* const otherwise = field.kind == SceneField::Kind::own ? ", or `preset`" : "";
  return fmt::format("{} to {}{}{}", field.min, field.max, unit, otherwise);
}

TEST(SceneDocs, ListEveryValueAsItIs) {
  std::string table = "| value | | default | |\n|---|---|---|---|\n";
  for (const SceneField& field : scene_fields()) {
    const std::string usual = field.print(Scene());
    table += fmt::format("| `{}` | {} | {} | {} |\n", field.name, values_of(field),
                         usual.empty() ? "" : "`" + usual + "`", field.help);
  }
  EXPECT_TRUE(test::is_documented("docs/scripts.md", "scene_fields", table));
}

}  // namespace
}  // namespace phaseloom
