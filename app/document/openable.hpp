// SPDX-License-Identifier: MIT
#pragma once
// Which files the laboratory opens, told by what their names end with.

#include <filesystem>
#include <optional>
#include <string_view>

namespace phaseloom {

enum class FileKind { folder, scene, model, points, graph };

/// "folder", "scene", ...
std::string_view kind_name(FileKind kind);
/// What a file of that name is opened as, in capitals or not; nothing if it cannot be opened.
std::optional<FileKind> openable_kind(const std::filesystem::path& file);
/// The same; Error if it cannot be opened, which says what can.
FileKind need_openable(const std::filesystem::path& file);
/// Whether a pair of that name is a file of points, and not one of the built-in pairs.
bool is_points_file(std::string_view pair);

}  // namespace phaseloom
