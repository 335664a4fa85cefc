// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace phaseloom {

bool is_gzip(std::span<const std::byte> bytes);

/// The contents of a gzip file, of all its members; fails when it is damaged, cut off, followed by
/// anything, or unpacks to more than max_bytes (of which no more than one byte too many is ever
/// held).
std::vector<std::byte> gunzip(std::span<const std::byte> bytes, std::size_t max_bytes,
                              std::string_view source_name);

}  // namespace phaseloom
