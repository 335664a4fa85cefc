// SPDX-License-Identifier: MIT
#include "app/document/sealed_text.hpp"

#include <algorithm>
#include <cstdint>

#include "engine/data/deflate.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr char kVersion = '1';
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kSum = 4, kHead = kSum + 2;  // bytes of the checksum; and of the number
constexpr std::size_t kBegin = kSealedPrefix.size() + 1;  // characters before the first digit

constexpr std::size_t digits_of(std::size_t bytes) { return (4 * bytes + 2) / 3; }
constexpr std::size_t kMaxBytes = 3 * (kMaxSealed - kBegin) / 4 - kHead;

/// Bytes at the beginning of a text that do no harm, wherever they are; 0: none.
std::size_t harmless(std::string_view text) {
  constexpr std::string_view kCharacters = " \t\r\n\v\f\"'`<>";
  // The no-break space, the soft hyphen, « and », and the mark that some programs put first.
  constexpr std::string_view kOthers[] = {"\xC2\xA0", "\xC2\xAD", "\xC2\xAB", "\xC2\xBB",
                                          "\xEF\xBB\xBF"};
  if (kCharacters.find(text.front()) != std::string_view::npos) return 1;
  for (const std::string_view other : kOthers)
    if (text.starts_with(other)) return other.size();
  // U+2000 to U+203F: blanks of all widths, quotes of all languages, marks of direction.
  return text.starts_with("\xE2\x80") ? utf8_length(text, 0) : 0;
}

/// At most so many characters of it.
std::string without_harmless(std::string_view text, std::size_t most) {
  std::string rest;
  while (!text.empty() && rest.size() < most) {
    const std::size_t skipped = harmless(text);
    if (skipped == 0) rest += text.front();
    text.remove_prefix(std::max<std::size_t>(skipped, 1));
  }
  return rest;
}

/// A mail that begins a sentence with it may write Phaseloom.
bool has_prefix(std::string_view line) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(line.substr(0, kSealedPrefix.size()), kSealedPrefix, {}, lower);
}

std::uint32_t number_in(std::span<const std::byte> bytes) {
  std::uint32_t number = 0;
  for (const std::byte b : bytes) number = number << 8 | std::to_integer<std::uint32_t>(b);
  return number;
}

void write_number(std::span<std::byte> bytes, std::size_t number) {
  for (std::size_t i = bytes.size(); i-- > 0; number >>= 8) bytes[i] = std::byte(number & 0xff);
}

/// As many whole bytes as the digits hold; what is left over of them in `rest`.
std::vector<std::byte> decoded(std::string_view line, std::string_view source, unsigned& rest) {
  std::vector<std::byte> bytes;
  unsigned bits = 0, held = 0;
  for (std::size_t at = kBegin; at < line.size(); ++at) {
    const auto digit = kDigits.find(line[at]);
    if (digit == std::string_view::npos)
      fail("{}: {} at character {} is no part of a scene as text; copy the line alone, and whole",
           source, printable(line.substr(at, std::max<std::size_t>(utf8_length(line, at), 1))),
           at + 1);
    held = held << 6 | static_cast<unsigned>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(std::byte(held >> bits & 0xff));
    held &= (1u << bits) - 1;
  }
  rest = held;
  return bytes;
}

}  // namespace

std::string seal(std::span<const std::byte> bytes) {
  if (bytes.size() > kMaxBytes)
    fail("too much for one line of text: {} bytes, at most {} fit", bytes.size(), kMaxBytes);
  std::vector<std::byte> all(kHead);
  all.insert(all.end(), bytes.begin(), bytes.end());
  write_number(std::span(all).subspan(kSum, kHead - kSum), bytes.size());
  write_number(std::span(all).first(kSum), checksum(std::span(all).subspan(kSum)));

  std::string line(kSealedPrefix);
  line += kVersion;
  unsigned bits = 0, held = 0;
  for (const std::byte b : all) {
    held = (held << 8 | std::to_integer<unsigned>(b)) & 0xfff;
    for (bits += 8; bits >= 6; bits -= 6) line += kDigits[held >> (bits - 6) & 63];
  }
  if (bits > 0) line += kDigits[held << (6 - bits) & 63];
  return line;
}

std::vector<std::byte> unseal(std::string_view text, std::string_view source) {
  if (!is_sealed(text))
    fail("{}: {} does not begin with {}; copy the line alone, and whole", source, printable(text),
         kSealedPrefix);
  const std::string line = without_harmless(text.substr(0, kMaxWrapped), kMaxSealed + 1);
  if (text.size() > kMaxWrapped || line.size() > kMaxSealed)
    fail("{}: too long; a scene as text has at most {} characters", source, kMaxSealed);
  const auto cut_off = [&](std::string_view of) {
    fail("{}: cut off after {}{} characters; copy the whole line", source, line.size(), of);
  };
  if (line.size() < kBegin) cut_off("");
  const char version = line[kBegin - 1];
  if (version < '0' || version > '9')
    fail("{}: {} after {} should be the digit of a version; copy the line again", source,
         printable(std::string_view(&version, 1)), kSealedPrefix);
  if (version != kVersion)
    fail("{}: version {}; this program reads version {}{}", source, version, kVersion,
         version > kVersion ? ", a newer one has made this line" : "");

  unsigned rest = 0;
  const std::vector<std::byte> all = decoded(line, source, rest);
  if (all.size() < kHead) cut_off("");
  const std::span<const std::byte> body = std::span(all).subspan(kSum);
  const std::size_t size = kHead + number_in(body.first(kHead - kSum));
  const std::size_t whole = kBegin + digits_of(size);
  if (line.size() < whole) cut_off(fmt::format(" of {}", whole));
  const std::uint32_t said = number_in(std::span(all).first(kSum));
  const std::uint32_t found = checksum(body.first(size - kSum));
  if (said != found)
    fail("{}: changed on the way: its checksum is {:08x} and should be {:08x}; copy the line again",
         source, found, said);
  if (line.size() > whole)
    fail("{}: something follows the line, which ends after {} characters; copy it alone", source,
         whole);
  if (rest != 0)
    fail("{}: changed on the way: its last character cannot be right; copy the line again", source);
  return {all.begin() + kHead, all.end()};
}

bool is_sealed(std::string_view text) {
  return has_prefix(without_harmless(text.substr(0, kMaxWrapped), kSealedPrefix.size()));
}

std::string unwrapped(std::string_view text) {
  std::string line = without_harmless(text.substr(0, kMaxWrapped), kMaxSealed + 1);
  if (has_prefix(line)) std::ranges::copy(kSealedPrefix, line.begin());
  return line;
}

}  // namespace phaseloom
