// SPDX-License-Identifier: MIT
// docs/lessons.md lists every quantity that lessons may wait for.
#include <gtest/gtest.h>

#include <string>

#include "app/session/lesson_quantities.hpp"
#include "engine/playground/meter.hpp"
#include "tests/support/generated_docs.hpp"

namespace phaseloom {
namespace {

TEST(LessonDocs, ListAllQuantities) {
  std::string text = "| quantity | is |\n|---|---|\n";
  for (const LessonQuantity& quantity : lesson_quantities())
    text += "| `" + std::string(quantity.name) + "` | " + std::string(quantity.help) + " |\n";
  std::string keys;
  for (const std::string_view key : kMeterKeys)
    keys += (keys.empty() ? "`" : ", `") + std::string(key) + "`";
  text +=
      "\n`measured.KEY` and `theory.KEY` are the numbers of the playground's plots, as far as its "
      "preset has\nthem: " +
      keys + ".\n";
  EXPECT_TRUE(test::is_documented("docs/lessons.md", "quantities", text));
}

}  // namespace
}  // namespace phaseloom
