// SPDX-License-Identifier: MIT
#include "engine/data/svg.hpp"

#include <fmt/format.h>

#include <iterator>

#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

std::string escaped_text(std::string_view words) {
  std::string text;
  for (const char c : legible(words)) {
    if (c == '&')
      text += "&amp;";
    else if (c == '<')
      text += "&lt;";
    else if (c == '>')
      text += "&gt;";
    else
      text += c;
  }
  return text;
}

}  // namespace

SvgPicture::SvgPicture(double width, double height)
    : out_(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
                       "width=\"{0:.0f}\" height=\"{1:.0f}\" "
                       "font-family=\"DejaVu Sans, sans-serif\" font-size=\"12\">\n"
                       "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
                       width, height)) {}

void SvgPicture::text(double x, double y, std::string_view anchor, std::string_view words, int size,
                      std::string_view colour) {
  fmt::format_to(std::back_inserter(out_),
                 "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" font-size=\"{}\" "
                 "fill=\"{}\">{}</text>\n",
                 x, y, anchor, size, colour, escaped_text(words));
}

void SvgPicture::line(double x0, double y0, double x1, double y1, std::string_view colour,
                      double width, std::string_view dash) {
  fmt::format_to(std::back_inserter(out_),
                 "<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" "
                 "stroke-width=\"{}\" stroke-dasharray=\"{}\"/>\n",
                 x0, y0, x1, y1, colour, width, dash);
}

void SvgPicture::rectangle(double x, double y, double width, double height, std::string_view fill,
                           std::string_view stroke) {
  fmt::format_to(std::back_inserter(out_),
                 "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" "
                 "stroke=\"{}\"/>\n",
                 x, y, width, height, fill, stroke);
}

void SvgPicture::circle(double x, double y, double radius, std::string_view fill,
                        std::string_view stroke, std::string_view title) {
  fmt::format_to(std::back_inserter(out_),
                 "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{}\" fill=\"{}\" stroke=\"{}\" "
                 "stroke-width=\"1.3\">{}</circle>\n",
                 x, y, radius, fill, stroke,
                 title.empty() ? "" : fmt::format("<title>{}</title>", escaped_text(title)));
}

std::string svg_colour(Rgb colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b);
}

}  // namespace phaseloom
