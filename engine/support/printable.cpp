// SPDX-License-Identifier: MIT
#include "engine/support/printable.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace phaseloom {
namespace {

constexpr std::size_t kCode = 4;  // length of \xNN

unsigned byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool is_control(unsigned byte) { return byte < 0x20 || byte == 0x7f; }

void add_code(std::string& out, unsigned byte) { out += fmt::format("\\x{:02x}", byte); }

/// The byte that the \xNN at text[at] stands for.
std::optional<unsigned> code_at(std::string_view text, std::size_t at) {
  const auto code = text.substr(at, kCode);
  if (code.size() < kCode || !code.starts_with("\\x")) return std::nullopt;
  unsigned byte = 0;
  const char* end = code.data() + kCode;
  const auto [stop, problem] = std::from_chars(code.data() + 2, end, byte, 16);
  if (problem != std::errc() || stop != end) return std::nullopt;
  return byte;
}

/// Character by character; those for which `hide` says so, and what is no UTF-8, as codes.
template <class Hide>
std::string coded(std::string_view text, const Hide& hide, std::size_t limit) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = utf8_length(text, at);
    if (at + std::max<std::size_t>(length, 1) > limit) return out + "...";
    if (length == 0 || (length == 1 && (is_control(byte_at(text, at)) || hide(at))))
      add_code(out, byte_at(text, at));
    else
      out += text.substr(at, length);
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

constexpr auto kNoLimit = std::string_view::npos;

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  const std::size_t length = first < 0x80             ? 1
                             : (first & 0xe0) == 0xc0 ? 2
                             : (first & 0xf0) == 0xe0 ? 3
                             : (first & 0xf8) == 0xf0 ? 4
                                                      : 0;
  if (length == 0 || length > text.size() - at) return 0;
  unsigned code = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte_at(text, at + k) & 0xc0) != 0x80) return 0;
    code = code << 6 | (byte_at(text, at + k) & 0x3f);
  }
  // Longer than needed, a surrogate, or beyond the last code point.
  constexpr unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[length] || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return 0;
  return length;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string legible(std::string_view text) {
  return coded(
      text, [](std::size_t) { return false; }, kNoLimit);
}

std::string printable(std::string_view text) {
  constexpr std::size_t limit = 60;
  const auto hide = [&](std::size_t at) { return text[at] == '\'' || text[at] == '\\'; };
  return "'" + coded(text, hide, limit) + "'";
}

std::string escaped(std::string_view name) {
  return coded(
      name, [&](std::size_t at) { return code_at(name, at).has_value(); }, kNoLimit);
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = code_at(text, at);
    out += byte ? static_cast<char>(*byte) : text[at];
    at += byte ? kCode : 1;
  }
  return out;
}

}  // namespace phaseloom
