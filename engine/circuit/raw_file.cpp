// SPDX-License-Identifier: MIT
#include "engine/circuit/raw_file.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>

#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/number.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

static_assert(std::endian::native == std::endian::little, "raw files hold little-endian doubles");

constexpr std::size_t kMostBytes = std::size_t{4} << 30;
constexpr std::size_t kMostVariables = 1'000'000;
/// A header of tens of thousands of variables.
constexpr std::size_t kHeaderBytes = std::size_t{1} << 20;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Words between blanks.
std::string_view next_word(std::string_view& text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  text.remove_prefix(first == std::string_view::npos ? text.size() : first);
  const auto word = text.substr(0, text.find_first_of(blanks));
  text.remove_prefix(word.size());
  return word;
}

struct Header {
  std::vector<std::string> variables;
  bool binary = false;
  std::size_t size = 0;  ///< in bytes; values begin behind it
};

/// Nothing if the text ends before the header does.
std::optional<Header> parse_header(std::string_view text, std::string_view source) {
  Header header;
  std::string_view rest = text;
  const auto line = [&]() -> std::optional<std::string_view> {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const auto l = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return l;
  };
  std::size_t count = 0;
  bool first = true;
  while (const auto l = line()) {
    if (first && !l->starts_with("Title:"))
      fail("{}: not a raw file of a circuit simulator: it begins with \"{}\" instead of Title:",
           source, legible(l->substr(0, 20)));
    first = false;
    const auto colon = l->find(':');
    const auto key = l->substr(0, colon);
    const auto value = colon == std::string_view::npos ? "" : trimmed(l->substr(colon + 1));
    if (key == "Flags" && value.find("complex") != std::string_view::npos)
      fail("{}: values are complex; a transient analysis has real ones", source);
    if (key == "No. Variables") {
      const auto number = parse_number<std::int64_t>(value);
      if (!number || *number < 1 || *number > std::int64_t(kMostVariables))
        fail("{}: \"No. Variables: {}\"; it must lie in 1..{}", source, legible(value),
             kMostVariables);
      count = static_cast<std::size_t>(*number);
    }
    if (key == "Variables") {
      for (std::size_t i = 0; i < count; ++i) {
        auto row = line();
        if (!row) return std::nullopt;
        next_word(*row);
        const auto name = next_word(*row);
        if (name.empty()) fail("{}: variable {} has no name", source, i);
        header.variables.emplace_back(name);
      }
    }
    if (key == "Binary" || key == "Values") {
      if (header.variables.empty()) fail("{}: values begin before any variable is named", source);
      header.binary = key == "Binary";
      header.size = text.size() - rest.size();
      return header;
    }
  }
  return std::nullopt;
}

/// Points of "index value" and a value on each further line.
std::vector<double> parse_ascii(std::string_view text, std::size_t variables,
                                std::string_view source) {
  std::vector<double> values;
  while (true) {
    const auto index = next_word(text);
    if (index.empty() || !parse_number<std::int64_t>(index)) break;  // the end, or another plot
    for (std::size_t i = 0; i < variables; ++i) {
      const auto word = next_word(text);
      if (word.empty()) {  // cut off
        values.resize(values.size() - i);
        return values;
      }
      const auto value = parse_number<double>(word);
      if (!value) fail("{}: \"{}\" is not a number", source, legible(word));
      values.push_back(*value);
    }
  }
  return values;
}

}  // namespace

std::size_t RawPlot::column(std::string_view variable) const {
  const auto found = std::ranges::find(variables, variable);
  if (found == variables.end()) fail("the circuit simulator's result has no {}", variable);
  return static_cast<std::size_t>(found - variables.begin());
}

RawPlot parse_raw(std::span<const std::byte> bytes, std::string_view source) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const auto header = parse_header(text, source);
  if (!header) fail("{}: ends within its header; was the simulator stopped?", source);
  RawPlot plot{header->variables, {}};
  const auto rest = bytes.subspan(header->size);
  if (header->binary) {
    const std::size_t row = sizeof(double) * plot.variables.size();
    plot.values.resize(rest.size() / row * plot.variables.size());
    if (!plot.values.empty())
      std::memcpy(plot.values.data(), rest.data(), plot.values.size() * sizeof(double));
  } else {
    plot.values = parse_ascii(text.substr(header->size), plot.variables.size(), source);
  }
  if (plot.values.empty()) fail("{}: holds no point; did the simulation begin?", source);
  if (!std::ranges::all_of(plot.values, [](double v) { return std::isfinite(v); }))
    fail("{}: holds a value that is not finite", source);
  return plot;
}

RawPlot read_raw(const std::filesystem::path& path) {
  return parse_raw(read_file(path, kMostBytes), printable(path.string()));
}

double progress_of_raw(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return 0;
  std::string text(kHeaderBytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  std::optional<Header> header;
  try {
    header = parse_header(text, path.string());
  } catch (const Error&) {
    return 0;
  }
  if (!header || !header->binary) return 0;
  file.clear();
  file.seekg(0, std::ios::end);
  const auto size = static_cast<std::size_t>(std::max<std::streamoff>(0, file.tellg()));
  const std::size_t row = sizeof(double) * header->variables.size();
  if (size < header->size + row) return 0;
  const std::size_t points = (size - header->size) / row;
  file.seekg(static_cast<std::streamoff>(header->size + (points - 1) * row));
  double last = 0;
  file.read(reinterpret_cast<char*>(&last), sizeof last);
  return file && std::isfinite(last) ? last : 0;
}

}  // namespace phaseloom
