// SPDX-License-Identifier: MIT
#pragma once
// What to open: a path to type, the files that were opened last, and the folders.

#include <filesystem>
#include <string>
#include <vector>

#include "app/document/folder_list.hpp"
#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// What the dialog shows; it is made when it opens.
struct OpenBrowser {
  std::filesystem::path folder;
  std::vector<FolderEntry> entries;
  std::string problem;  ///< why the folder cannot be read
  std::vector<std::filesystem::path> recent;
  std::filesystem::path typed_from;  ///< folder that what is typed is relative to
  std::string followed;              ///< what was typed when the folder followed it last
  int cursor = 0;                    ///< entry that the keyboard is at
  bool scrolled = true;              ///< to the cursor
};

void draw_open(UiContext& ctx);
/// Opens a file as export.hpp's open_file() does, and remembers it among those opened last.
void open_and_remember(Session& session, const Transient& transient,
                       const std::filesystem::path& file);

}  // namespace phaseloom
