// SPDX-License-Identifier: MIT
#pragma once
// A scene as one line of text that can be pasted into mail and chat, and opened from there: "Copy
// as text". The bytes of the line (sealed_text.hpp) are the scene's JSON as in a file, packed by
// deflate, with only those values in it that are not the defaults. So the defaults of
// scene_fields() are part of what a line means: where one is to change, version 2 of the line
// begins.
//
// What lies in a file of one's own is not in a line: a network, a set of points. Names, of what is
// shipped or the user's own, stay as they are. Of a path only the file's name stays, since its
// folders mean nothing elsewhere and are nobody else's business; whoever opens the line has to have
// that file, and is told so where it is missing (share_files.hpp).

#include <string>
#include <string_view>

#include "app/document/scene.hpp"
#include "app/document/sealed_text.hpp"

namespace phaseloom {

/// What a line can carry of the scene: its paths are bare file names.
Scene shareable(Scene scene);

/// The line, some 60 to 300 characters for most scenes, more with drawings; no line feed.
std::string share_text(const Scene& scene);
/// The scene again, shareable() as it is. Throws Error that names `source`: as unseal() does, where
/// the line came to harm; as parse_scene() does, where what it carries is no scene.
Scene parse_share_text(std::string_view text, std::string_view source);

}  // namespace phaseloom
