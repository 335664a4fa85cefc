// SPDX-License-Identifier: MIT
// docs/lessons.md lists every quantity that lessons may wait for.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "app/session/lesson_quantities.hpp"
#include "engine/playground/meter.hpp"
#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

std::string table() {
  std::string text = "| quantity | is |\n|---|---|\n";
  for (const LessonQuantity& quantity : lesson_quantities())
    text += "| `" + std::string(quantity.name) + "` | " + std::string(quantity.help) + " |\n";
  return text;
}

std::string keys() {
  std::string text;
  for (const std::string_view key : kMeterKeys)
    text += (text.empty() ? "`" : ", `") + std::string(key) + "`";
  return text;
}

/// The document with what lies between two marks replaced.
std::string with(std::string document, const std::string& name, const std::string& text) {
  const std::string open = "<!-- " + name + " -->", close = "<!-- /" + name + " -->";
  const auto begin = document.find(open) + open.size(), end = document.find(close);
  return document.replace(begin, end - begin, text);
}

TEST(LessonDocs, ListAllQuantities) {
  const auto file = std::filesystem::path(source_folder()) / "docs/lessons.md";
  std::stringstream read;
  read << std::ifstream(file).rdbuf();
  const std::string wanted =
      with(with(read.str(), "quantities", "\n" + table()), "keys", keys());
  if (std::getenv("PHASELOOM_REBASELINE")) std::ofstream(file) << wanted;
  EXPECT_EQ(read.str(), wanted) << "PHASELOOM_REBASELINE=1 writes them";
}

}  // namespace
}  // namespace phaseloom
