// SPDX-License-Identifier: MIT
#pragma once
// Plots as text of SVG 1.1, for whatever shows web pages.

#include <string>
#include <string_view>

#include "engine/data/colour_map.hpp"

namespace phaseloom {

/// Lengths are pixels, y goes down. Text may hold anything that is UTF-8.
class SvgPicture {
 public:
  SvgPicture(double width, double height);

  /// @param anchor start, middle or end
  void text(double x, double y, std::string_view anchor, std::string_view words, int size = 12,
            std::string_view colour = "#222222");
  void line(double x0, double y0, double x1, double y1, std::string_view colour, double width,
            std::string_view dash = "none");
  void rectangle(double x, double y, double width, double height, std::string_view fill,
                 std::string_view stroke = "none");
  void circle(double x, double y, double radius, std::string_view fill, std::string_view stroke,
              std::string_view title = {});

  /// The whole file.
  std::string print() const { return out_ + "</svg>\n"; }

 private:
  std::string out_;
};

/// "#rrggbb"
std::string svg_colour(Rgb colour);

}  // namespace phaseloom
