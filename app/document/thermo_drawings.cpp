// SPDX-License-Identifier: MIT
#include "app/document/thermo_drawings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/document/strict.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kLevels = "0123456789abcdef";
constexpr char kFirstRun = 'g';
constexpr int kShortestRun = 2, kLongestRun = kShortestRun + 'z' - kFirstRun;

/// @param which from 1, for the messages
ThermoDrawing parse_word(std::string_view word, std::size_t which, std::string_view name) {
  ThermoDrawing drawing;
  std::size_t at = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const char c = word[i];
    const auto level = kLevels.find(c);
    if (level != std::string_view::npos) {
      if (at < drawing.levels.size()) drawing.levels[at] = static_cast<std::uint8_t>(level);
      ++at;
    } else if (c >= kFirstRun && c <= 'z') {
      at += static_cast<std::size_t>(kShortestRun + c - kFirstRun);
    } else {
      fail("{}: drawing {}: {} is no pixel; 0 to f are levels, g to z are 2 to 21 pixels of ground",
           name, which, printable(word.substr(i, 1)));
    }
  }
  if (at != drawing.levels.size())
    fail("{}: drawing {} has {} pixels; {} in rows of {} would be right", name, which, at,
         drawing.levels.size(), ThermoDrawing::kSide);
  if (const auto flaw = flaw_of(drawing); !flaw.empty())
    fail("{}: drawing {} {}; a few strokes would be right", name, which, flaw);
  return drawing;
}

std::string print_word(const ThermoDrawing& drawing) {
  std::string word;
  int ground = 0;
  const auto end_run = [&] {
    for (; ground >= kShortestRun; ground -= std::min(ground, kLongestRun))
      word += static_cast<char>(kFirstRun + std::min(ground, kLongestRun) - kShortestRun);
    word.append(static_cast<std::size_t>(ground), kLevels[0]);
    ground = 0;
  };
  for (const std::uint8_t level : drawing.levels) {
    if (level == 0) {
      ++ground;
      continue;
    }
    end_run();
    word += kLevels[level];
  }
  end_run();
  return word;
}

float distance_to(Point p, Point from, Point to) {
  const float dx = to.x - from.x, dy = to.y - from.y;
  const float length = dx * dx + dy * dy;
  const float share =
      length > 0 ? std::clamp(((p.x - from.x) * dx + (p.y - from.y) * dy) / length, 0.0f, 1.0f) : 0;
  return std::hypot(p.x - from.x - share * dx, p.y - from.y - share * dy);
}

}  // namespace

std::vector<float> ThermoDrawing::pixels() const {
  std::vector<float> out;
  out.reserve(levels.size());
  for (const std::uint8_t level : levels) out.push_back(static_cast<float>(level) / float(kInk));
  return out;
}

std::string drawn_name(std::size_t k) { return fmt::format("drawn {}", k + 1); }

std::vector<ThermoDrawing> parse_thermo_drawings(std::string_view text, std::string_view name) {
  std::vector<ThermoDrawing> drawings;
  std::string_view rest = strict::trimmed(text);
  if (rest == kNoPrototypes) return drawings;
  while (!rest.empty()) {
    if (drawings.size() == kMaxThermoDrawings)
      fail("{}: up to {} drawings go; there are more", name, kMaxThermoDrawings);
    const std::string_view word = rest.substr(0, rest.find(' '));
    drawings.push_back(parse_word(word, drawings.size() + 1, name));
    rest = strict::trimmed(rest.substr(word.size()));
  }
  if (drawings.empty()) fail("{}: no drawing is written as {}", name, kNoPrototypes);
  return drawings;
}

std::string print_thermo_drawings(std::span<const ThermoDrawing> drawings) {
  if (drawings.empty()) return std::string(kNoPrototypes);
  std::string text;
  for (const ThermoDrawing& drawing : drawings) {
    if (!text.empty()) text += ' ';
    text += print_word(drawing);
  }
  return text;
}

std::string_view flaw_of(const ThermoDrawing& drawing) {
  // More than a click leaves, which is 0.10 (*).
  constexpr double kLeast = 0.12;  // standard deviation of what is from 0 to 1
  double mean = 0, square = 0;
  for (const float v : drawing.pixels()) {
    mean += double(v) / ThermoDrawing::kPixels;
    square += double(v) * double(v) / ThermoDrawing::kPixels;
  }
  if (square - mean * mean >= kLeast * kLeast) return {};
  return mean < 0.5 ? "is nearly blank" : "is nearly all ink";
}

void brush_stroke(ThermoDrawing& drawing, Point from, Point to, bool erases) {
  constexpr float kFull = 1.2f, kEdge = 1.2f;  // half of the edge is gone at 1.8 pixels (*)
  for (int y = 0; y < ThermoDrawing::kSide; ++y)
    for (int x = 0; x < ThermoDrawing::kSide; ++x) {
      const float away =
          distance_to({static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f}, from, to);
      const float share = std::clamp((kFull + kEdge - away) / kEdge, 0.0f, 1.0f);
      const auto ink = static_cast<std::uint8_t>(std::lround(share * float(ThermoDrawing::kInk)));
      std::uint8_t& level = drawing.levels[static_cast<std::size_t>(y * ThermoDrawing::kSide + x)];
      level = erases ? std::min(level, static_cast<std::uint8_t>(ThermoDrawing::kInk - ink))
                     : std::max(level, ink);
    }
}

}  // namespace phaseloom
