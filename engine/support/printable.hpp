#pragma once
// Text from an untrusted file, fit for a one-line message.

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace phaseloom {

/// 'text', with control bytes and quotes as \xNN and whatever is beyond 60 bytes cut: a name out of
/// a hostile file can neither break the line nor flood the screen.
inline std::string printable(std::string_view text) {
  constexpr std::size_t limit = 60;
  std::string out = "'";
  for (const char c : text.substr(0, limit)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f || c == '\'' || c == '\\')
      out += fmt::format("\\x{:02x}", byte);
    else
      out += c;
  }
  return out + (text.size() > limit ? "...'" : "'");
}

}  // namespace phaseloom
