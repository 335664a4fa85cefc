// SPDX-License-Identifier: MIT
#pragma once
// PNG files through stb_image and stb_image_write.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "engine/data/picture.hpp"

namespace phaseloom {

/// The bytes of a PNG file; equal pictures give equal bytes.
std::vector<std::byte> encode_png(const Picture& picture);
/// Whole or not at all.
void write_png(const std::filesystem::path& path, const Picture& picture);

/// Reads a PNG of any kind as 8 bits per channel; fails beyond 64 million pixels.
Picture parse_png(std::span<const std::byte> bytes, std::string_view source_name);
Picture read_png(const std::filesystem::path& path);

}  // namespace phaseloom
