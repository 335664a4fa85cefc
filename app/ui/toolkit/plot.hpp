// SPDX-License-Identifier: MIT
#pragma once
// Small plots on a draw list: axes with round numbers, lines, bars, marks.

#include <imgui.h>

#include <span>
#include <string>
#include <vector>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

struct Axis {
  double low = 0;
  double high = 1;
  const char* label = "";          ///< with its unit, "t (1/ω)"
  std::vector<double> ticks;       ///< empty: round numbers
  std::vector<const char*> names;  ///< of the ticks; empty: their numbers
  bool logarithmic = false;        ///< then 0 < low
};

/// At most about `count` round numbers (1, 2, 5 x 10^k) in [low, high].
std::vector<double> round_ticks(double low, double high, int count);
/// At most about `count` numbers (1, 2, 5) x 10^k in [low, high]; 0 < low.
std::vector<double> log_ticks(double low, double high, int count);
/// As short as it can be told apart from the others of a tick list with this step.
std::string tick_text(double value, double step);

/// A plot being drawn. The rectangle is reserved in the current ImGui window, if there is one.
class Plot {
 public:
  /// @param height in pixels, labels included
  /// @param width 0: what is left of the window's
  Plot(const UiContext& ctx, const char* id, float height, Axis x, Axis y, float width = 0);
  /// The same in any list, where nothing is clicked.
  Plot(const UiContext& ctx, ImDrawList& list, Box box, Axis x, Axis y);

  ImVec2 at(double x, double y) const;
  double x_at(float pixel) const;
  /// Joins the points; NaN interrupts.
  void line(std::span<const double> x, std::span<const double> y, ImU32 colour,
            float width = 1.5f) const;
  /// Bars between edges[i] and edges[i + 1].
  void bars(std::span<const double> edges, std::span<const double> heights, ImU32 colour) const;
  void bar(double x0, double x1, double y, ImU32 colour) const;
  void vertical(double x, ImU32 colour) const;
  /// A dashed line across at y; its words stand beside the y label, if there is room.
  void level(double y, ImU32 colour, const UiContext& ctx, const char* words) const;
  void dot(double x, double y, ImU32 colour, float radius = 3) const;
  bool clicked() const { return clicked_; }  ///< the button went down and up on it
  bool hovered() const { return hovered_; }
  const Axis& x() const { return x_; }
  const Axis& y() const { return y_; }
  ImDrawList& list() const { return *list_; }
  ImVec2 min() const { return min_; }
  ImVec2 max() const { return max_; }

 private:
  void lay(const UiContext& ctx, ImVec2 corner, float width, float height);

  ImDrawList* list_;
  float scale_;
  Axis x_, y_;
  ImVec2 min_, max_;  // of the inner rectangle
  bool clicked_ = false;
  bool hovered_ = false;
  /// Free room in the line of the y label, for the names of levels: beside the data, not on them.
  float row_top_ = 0, row_left_ = 0;
  mutable float row_right_ = 0;
};

}  // namespace phaseloom
