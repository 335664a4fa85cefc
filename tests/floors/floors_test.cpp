// SPDX-License-Identifier: MIT
// What the pages say of the house is so: the arrows of docs/architecture.md, the sources of
// docs/physics.md.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/places.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

/// A room, and those that it may include from.
using Floors = std::map<std::string, std::set<std::string>>;

Floors read_floors(std::istream& page) {
  Floors floors;
  std::string line;
  while (std::getline(page, line) && line != "```floors") {
  }
  while (std::getline(page, line) && line != "```") {
    std::istringstream words(line);
    std::string room, below;
    words >> room;
    if (room.ends_with(':')) room.pop_back();
    auto& allowed = floors[room];
    while (words >> below) allowed.insert(below);
  }
  return floors;
}

/// The room of a folder: its own name, or that of the folder around it; empty: none.
std::string room_of(const Floors& floors, fs::path folder) {
  while (!folder.empty() && !floors.contains(folder.string())) folder = folder.parent_path();
  return folder.string();
}

bool allows(const Floors& floors, const std::string& from, const std::string& to) {
  if (from == to) return true;
  const auto& allowed = floors.at(from);
  const auto slash = to.find('/');
  return allowed.contains(to) ||
         (slash != std::string::npos && allowed.contains(to.substr(0, slash) + "/*"));
}

/// What is wrong with the includes of one file of the tree, a line each.
std::vector<std::string> wrong_includes(const Floors& floors, const fs::path& file,
                                        std::istream& text) {
  std::vector<std::string> wrong;
  const std::string from = room_of(floors, file.parent_path());
  if (from.empty()) return {file.string() + " is in no room of docs/architecture.md"};
  std::string line;
  constexpr std::string_view kInclude = "#include \"";
  while (std::getline(text, line)) {
    if (!line.starts_with(kInclude)) continue;
    const fs::path included = line.substr(kInclude.size(), line.rfind('"') - kInclude.size());
    if (!included.has_parent_path()) continue;  // generated
    const std::string to = room_of(floors, included.parent_path());
    if (to.empty() || !allows(floors, from, to))
      wrong.push_back(file.string() + " includes " + included.string());
  }
  return wrong;
}

Floors floors_of_the_house() {
  std::ifstream page(fs::path(source_folder()) / "docs/architecture.md");
  return read_floors(page);
}

TEST(Floors, EveryIncludeGoesDown) {
  const fs::path root = source_folder();
  const Floors floors = floors_of_the_house();
  ASSERT_GT(floors.size(), 15u) << "the list was not found in docs/architecture.md";
  int files = 0;
  for (const char* part : {"engine", "measure", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(root / part)) {
      const auto extension = entry.path().extension();
      if (extension != ".cpp" && extension != ".hpp") continue;
      ++files;
      std::ifstream text(entry.path());
      for (const std::string& line :
           wrong_includes(floors, entry.path().lexically_relative(root), text))
        ADD_FAILURE() << line;
    }
  EXPECT_GT(files, 300);
}

TEST(Floors, NoRoomIsAboveItself) {
  const Floors floors = floors_of_the_house();
  // A room is finished when all that it may include is; a circle never is.
  std::set<std::string> finished;
  for (std::size_t before = floors.size() + 1; finished.size() != before;) {
    before = finished.size();
    for (const auto& [room, allowed] : floors) {
      bool ready = true;
      for (const auto& [other, unused] : floors)
        ready =
            ready && (other == room || !allows(floors, room, other) || finished.contains(other));
      if (ready) finished.insert(room);
    }
  }
  for (const auto& [room, allowed] : floors)
    EXPECT_TRUE(finished.contains(room)) << room << " is part of a circle";
}

TEST(Floors, WhatGoesUpOrSidewaysIsFound) {
  const Floors floors = floors_of_the_house();
  const auto finds = [&](const char* file, const std::string& included) {
    std::istringstream text("#include <vector>\n\n#include \"" + included + "\"\n");
    return !wrong_includes(floors, file, text).empty();
  };
  EXPECT_FALSE(finds("app/run/a.cpp", "app/document/scene.hpp"));
  EXPECT_FALSE(finds("engine/network/substrates/a.hpp", "engine/network/substrate.hpp"));
  EXPECT_TRUE(finds("app/document/a.cpp", "app/run/snapshot.hpp")) << "up";
  EXPECT_TRUE(finds("app/ui/train/a.cpp", "app/ui/generate/view.hpp")) << "sideways";
  EXPECT_TRUE(finds("engine/support/a.cpp", "app/document/scene.hpp")) << "out of the engine";
  EXPECT_TRUE(finds("engine/data/a.cpp", "engine/elsewhere/b.hpp")) << "no such room";
  EXPECT_TRUE(finds("elsewhere/a.cpp", "engine/data/csv.hpp")) << "a file without a room";
}

/// Tags of sources, [AIS], in a line of text.
std::set<std::string> tags_in(const std::string& line) {
  static const std::regex tag(R"(\[([A-Z]{2,6})\])");
  std::set<std::string> tags;
  for (std::sregex_iterator i(line.begin(), line.end(), tag), end; i != end; ++i)
    tags.insert((*i)[1]);
  return tags;
}

// A comment names a source by a tag that the repository explains.
TEST(Sources, EveryTagIsInPhysics) {
  const fs::path root = source_folder();
  std::set<std::string> known;
  std::ifstream page(root / "docs/physics.md");
  for (std::string line; std::getline(page, line);)
    if (line.starts_with("| [")) known.merge(tags_in(line));
  ASSERT_TRUE(known.contains("AIS"));
  for (const auto& entry : fs::recursive_directory_iterator(root / "engine")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream text(entry.path());
    for (std::string line; std::getline(text, line);) {
      const auto comment = line.find("//");
      if (comment == std::string::npos) continue;
      for (const std::string& tag : tags_in(line.substr(comment)))
        EXPECT_TRUE(known.contains(tag)) << entry.path() << ": " << line;
    }
  }
  EXPECT_EQ(tags_in("// as in [AIS] and [X], x[N]"), std::set<std::string>{"AIS"});
}

}  // namespace
}  // namespace phaseloom
