// SPDX-License-Identifier: MIT
#include "engine/data/file_kind.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t place;
  std::string_view bytes;
  std::string_view kind;
};

constexpr Signature kSignatures[] = {
    {0, "version https://git-lfs.github.com/spec/",
     "a git LFS pointer (`git lfs pull` gets the file itself)"},
    {0, "/annex/objects/", "a git-annex pointer (`git annex get` gets the file itself)"},
    {0, "\x89PNG\r\n\x1a\n", "a PNG picture"},
    {0, "\xff\xd8\xff", "a JPEG picture"},
    {0, "GIF8", "a GIF picture"},
    {8, "WEBP", "a WebP picture"},
    {0, "II*\0"sv, "a TIFF picture"},
    {0, "MM\0*"sv, "a TIFF picture"},
    {4, "ftyp", "a film (MP4)"},
    {0, "\x1a\x45\xdf\xa3", "a film (WebM)"},
    {0, "PK\x03\x04", "a zip archive (as .npz, .pt and .xlsx are)"},
    {0, "PK\x05\x06", "an empty zip archive"},
    {0, "\x1f\x8b", "a gzip file (`gunzip` unpacks it)"},
    {0,
     "\xfd"
     "7zXZ\0"sv,
     "an xz file (`unxz` unpacks it)"},
    {0, "BZh", "a bzip2 file (`bunzip2` unpacks it)"},
    {0, "\x28\xb5\x2f\xfd", "a zstd file (`unzstd` unpacks it)"},
    {0, "7z\xbc\xaf\x27\x1c", "a 7z archive"},
    {0, "Rar!\x1a\x07", "a rar archive"},
    {257, "ustar", "a tar archive"},
    {0, "%PDF-", "a PDF document"},
    {0, "\x93NUMPY", "a .npy array"},
    {0, "\x89HDF\r\n\x1a\n", "an HDF5 file"},
    {0, "GGUF", "a GGUF model"},
    {0, "\0\0\x08\x01"sv, "an IDX file"},
    {0, "\0\0\x08\x03"sv, "an IDX file"},
    {0, "SQLite format 3\0"sv, "an SQLite data base"},
    {0, "MATLAB 5.0 MAT-file", "a MATLAB file"},
    {0,
     "\x7f"
     "ELF",
     "a program"},
    {0, "\x80\x02", "a Python pickle"},
    {0, "\x80\x03", "a Python pickle"},
    {0, "\x80\x04\x95", "a Python pickle"},
    {0, "\x80\x05\x95", "a Python pickle"},
    {0, "\xff\xfe", "UTF-16 text (save it as UTF-8)"},
    {0, "\xfe\xff", "UTF-16 text (save it as UTF-8)"},
};

struct Beginning {
  std::string_view text;  // in small letters, after blanks
  std::string_view kind;
};

constexpr Beginning kBeginnings[] = {
    {"<!doctype html", "a web page"}, {"<html", "a web page"},      {"<head", "a web page"},
    {"<svg", "an SVG picture"},       {"<?xml", "an XML document"}, {"{\\rtf", "an RTF document"},
};

bool begins_with(std::string_view text, std::string_view small_letters) {
  return text.size() >= small_letters.size() &&
         std::equal(small_letters.begin(), small_letters.end(), text.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

std::string_view without_blanks_before(std::string_view text) {
  const auto begin = without_mark(text).find_first_not_of(" \t\r\n");
  return begin == std::string_view::npos ? std::string_view() : without_mark(text).substr(begin);
}

/// Eight bytes of length, below what any header has, before a JSON object.
bool is_safetensors(std::string_view bytes) {
  std::uint64_t length = 0;
  if (bytes.size() < 9) return false;
  std::memcpy(&length, bytes.data(), 8);
  return bytes[8] == '{' && length < (std::uint64_t{1} << 32);
}

bool is_json(std::string_view text) {
  const auto after = [](std::string_view t) { return without_blanks_before(t.substr(1)); };
  if (text.starts_with('{')) return after(text).empty() || std::strchr("\"}", after(text)[0]);
  return text.starts_with('[') && (after(text).empty() || std::strchr("[{\"", after(text)[0]));
}

constexpr std::string_view kJson = "JSON text", kText = "text";

/// No control characters, and nothing that is not in UTF-8, among the first bytes.
bool is_text(std::string_view bytes) {
  constexpr std::size_t looked_at = 512;
  return std::ranges::none_of(bytes.substr(0, looked_at), [](unsigned char c) {
    return (c < 0x20 && !std::strchr("\t\n\r\f\x1b", c)) || c == 0 || c == 0x7f || c >= 0xf8;
  });
}

}  // namespace

std::string_view kind_of(std::span<const std::byte> bytes) {
  const std::string_view all(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (all.empty()) return "an empty file";
  for (const Signature& s : kSignatures)
    if (all.size() >= s.place && all.substr(s.place).starts_with(s.bytes)) return s.kind;
  if (is_safetensors(all)) return kSafetensorsKind;
  const std::string_view text = without_blanks_before(all);
  for (const Beginning& b : kBeginnings)
    if (begins_with(text, b.text)) return b.kind;
  if (!is_text(all)) return "";
  return is_json(text) ? kJson : kText;
}

std::string is_no(std::string_view wanted, std::span<const std::byte> bytes) {
  const std::string_view kind = kind_of(bytes);
  return kind.empty() ? fmt::format("is no {}", wanted) : fmt::format("is {}, no {}", kind, wanted);
}

std::string_view text_in(std::span<const std::byte> bytes, std::string_view wanted,
                         std::string_view source_name) {
  const std::string_view kind = kind_of(bytes);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const bool fits = kind == kJson || kind == kText || bytes.empty();
  // A control character is the reader's matter, who knows its line; not so bytes of 0.
  if (!fits && (!kind.empty() || text.find('\0') != text.npos))
    fail("{}: {}", source_name,
         kind.empty() ? fmt::format("is binary data, no {}", wanted) : is_no(wanted, bytes));
  return without_mark(text);
}

}  // namespace phaseloom
