// SPDX-License-Identifier: MIT
#pragma once
// A line of share_text.hpp carries names of files, and no files: where those are that it names.

#include <filesystem>
#include <string>
#include <string_view>

#include "app/document/share_text.hpp"

namespace phaseloom {

/// One sentence about the files that the scene needs and a line cannot carry; empty: there are
/// none.
std::string left_behind(const Scene& scene);

struct SharedScene {
  Scene scene;
  /// One sentence about the files that were found nowhere; empty: all are there.
  std::string missing;
};
/// The scene of a line, with its files where they are: in the folder that the program was started
/// in or, for models, among the user's own. What is found nowhere stays a name. Throws Error as
/// parse_share_text() does, and where the model of the wall is missing: nothing can be shown then.
SharedScene open_share_text(std::string_view text, std::string_view source);

/// The text of a file that begins with such a line, as `scene.write` makes it; empty where the file
/// holds anything else.
std::string line_in(const std::filesystem::path& file);

/// A scene as it is named on a command line: by its file, or by the line itself.
Scene scene_of(const std::string& file_or_line);

/// What messages call a line that was given to be opened.
inline constexpr std::string_view kSharedText = "scene as text";

}  // namespace phaseloom
