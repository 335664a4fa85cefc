// SPDX-License-Identifier: MIT
#include "app/document/folder_list.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "app/document/recent_files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

void touch(const fs::path& file) { std::ofstream(file) << "x"; }

std::vector<std::string> names(const std::vector<FolderEntry>& entries) {
  std::vector<std::string> all;
  for (const FolderEntry& entry : entries)
    all.push_back(std::string(kind_name(entry.kind)) + " " + entry.name);
  return all;
}

TEST(FolderList, HasFoldersFirstAndOnlyWhatCanBeOpened) {
  const TemporaryFolder folder;
  for (const char* name : {"b.json", "A.safetensors", "points.csv", "notes.md", ".hidden.json"})
    touch(folder / name);
  fs::create_directory(folder / "zoo");
  fs::create_directory(folder / ".git");
  fs::create_directory(folder / "folder.json");
  std::string problem = "none yet";
  EXPECT_THAT(names(list_folder(folder.path(), problem)),
              ElementsAre("folder folder.json", "folder zoo", "model A.safetensors", "scene b.json",
                          "points points.csv"));
  EXPECT_EQ(problem, "");
}

TEST(FolderList, ShowsBytesThatAreNoTextAndKeepsThem) {
  const TemporaryFolder folder;
  touch(folder / "sc\xE4ne.json");
  touch(folder / "two\nlines.json");
  std::string problem;
  const auto entries = list_folder(folder.path(), problem);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].name, "sc\\xe4ne.json");
  EXPECT_TRUE(fs::exists(entries[0].path));
  EXPECT_EQ(entries[1].name, "two\\x0alines.json");
}

TEST(FolderList, SaysWhatItCannotRead) {
  const TemporaryFolder folder;
  std::string problem;
  EXPECT_TRUE(list_folder(folder / "nowhere", problem).empty());
  EXPECT_THAT(problem, HasSubstr("nowhere"));
  touch(folder / "file.json");
  EXPECT_TRUE(list_folder(folder / "file.json", problem).empty());
  EXPECT_NE(problem, "");
}

TEST(RecentFiles, TheLatestComesFirstOnceAndTheGoneAreLeftOut) {
  const TemporaryFolder folder;
  const RecentFiles recent(folder / "state/recent");
  EXPECT_TRUE(recent.list().empty());
  for (const char* name : {"a.json", "two\nlines.json", "sc\xE4ne.json"}) {
    touch(folder / name);
    recent.note(folder / name);
  }
  recent.note(folder / "a.json");
  EXPECT_THAT(recent.list(),
              ElementsAre(folder / "a.json", folder / "sc\xE4ne.json", folder / "two\nlines.json"));
  fs::remove(folder / "a.json");
  EXPECT_EQ(recent.list().size(), 2u);
  for (int i = 0; i < 30; ++i) {
    const auto file = folder / (std::to_string(i) + ".csv");
    touch(file);
    recent.note(file);
  }
  EXPECT_EQ(recent.list().size(), RecentFiles::kMost);
  EXPECT_EQ(recent.list().front(), folder / "29.csv");
}

TEST(RecentFiles, NeedsNoStoreAndMindsNoRubbish) {
  const TemporaryFolder folder;
  RecentFiles({}).note(folder / "a.json");
  EXPECT_TRUE(RecentFiles({}).list().empty());
  std::ofstream(folder / "recent") << std::string(100, '\0') << "no end";
  EXPECT_TRUE(RecentFiles(folder / "recent").list().empty());
  fs::create_directory(folder / "is_folder");
  RecentFiles(folder / "is_folder").note(folder / "a.json");
  EXPECT_TRUE(RecentFiles(folder / "is_folder").list().empty());
}

}  // namespace
}  // namespace phaseloom
