// SPDX-License-Identifier: MIT
#include "app/ui/toolkit/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace phaseloom {

std::vector<double> round_ticks(double low, double high, int count) {
  std::vector<double> ticks;
  if (!(high > low) || count < 1) return ticks;
  const double rough = (high - low) / count;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  const double step = power * (rough <= power       ? 1
                               : rough <= 2 * power ? 2
                               : rough <= 5 * power ? 5
                                                    : 10);
  for (double k = std::ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; ++k)
    ticks.push_back(k == 0 ? 0 : k * step);
  return ticks;
}

std::vector<double> log_ticks(double low, double high, int count) {
  std::vector<double> decades, all;
  for (int k = static_cast<int>(std::floor(std::log10(low))); std::pow(10, k) <= high; ++k)
    for (const double step : {1.0, 2.0, 5.0}) {
      const double tick = step * std::pow(10, k);
      if (tick < low * (1 - 1e-9) || tick > high * (1 + 1e-9)) continue;
      all.push_back(tick);
      if (step == 1) decades.push_back(tick);
    }
  return static_cast<int>(all.size()) <= count || decades.size() < 2 ? all : decades;
}

std::string tick_text(double value, double step) {
  const int digits =
      step >= 1 || step <= 0 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
  std::string text = fmt::format("{:.{}f}", std::abs(value), digits);
  return value < 0 ? "−" + text : text;
}

Plot::Plot(const UiContext& ctx, const char* id, float height, Axis x, Axis y, float wanted)
    : list_(ImGui::GetWindowDrawList()), scale_(ctx.scale), x_(std::move(x)), y_(std::move(y)) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float width = std::max(wanted > 0 ? wanted : ImGui::GetContentRegionAvail().x, ctx.px(40));
  clicked_ = ImGui::InvisibleButton(id, {std::max(width, 1.0f), height});
  hovered_ = ImGui::IsItemHovered();
  lay(ctx, corner, width, height);
}

Plot::Plot(const UiContext& ctx, ImDrawList& list, Box box, Axis x, Axis y)
    : list_(&list), scale_(ctx.scale), x_(std::move(x)), y_(std::move(y)) {
  lay(ctx, {box.min.x, box.min.y}, box.width(), box.height());
}

void Plot::lay(const UiContext& ctx, ImVec2 corner, float width, float height) {
  ImFont* font = ctx.fonts.small;
  const float text_height = font->FontSize;
  const auto text_size = [&](const char* text) {
    return font->CalcTextSizeA(font->FontSize, 1e9f, 0, text);
  };
  const auto draw_text = [&](ImVec2 at, ImU32 colour, const char* text) {
    list_->AddText(font, font->FontSize, {std::floor(at.x), std::floor(at.y)}, colour, text);
  };
  ImFont* words = ctx.fonts.caption;
  const auto draw_label = [&](ImVec2 at, const char* text) {
    list_->AddText(words, words->FontSize, {std::floor(at.x), std::floor(at.y)}, ctx.colours.faint,
                   text);
  };
  const float x_label_width =
      *x_.label ? words->CalcTextSizeA(words->FontSize, 1e9f, 0, x_.label).x : 0.0f;

  const auto make_ticks = [](Axis& axis, int count) {
    if (axis.ticks.empty())
      axis.ticks = axis.logarithmic ? log_ticks(axis.low, axis.high, count)
                                    : round_ticks(axis.low, axis.high, count);
  };
  make_ticks(x_, 4);
  make_ticks(y_, height > ctx.px(110) ? 4 : 2);
  const auto names = [](const Axis& axis) {
    std::vector<std::string> texts;
    const double step = axis.ticks.size() > 1 ? axis.ticks[1] - axis.ticks[0] : axis.high;
    for (std::size_t i = 0; i < axis.ticks.size(); ++i)
      texts.push_back(i < axis.names.size() ? axis.names[i]
                      : axis.logarithmic    ? fmt::format("{:g}", axis.ticks[i])
                                            : tick_text(axis.ticks[i], step));
    return texts;
  };
  const auto x_names = names(x_), y_names = names(y_);
  float y_width = 0;
  for (const std::string& name : y_names) y_width = std::max(y_width, text_size(name.c_str()).x);

  const bool has_y_label = *y_.label != 0, has_x_label = *x_.label != 0;
  min_ = {std::floor(corner.x + y_width + ctx.px(6)),
          std::floor(corner.y + (has_y_label ? words->FontSize + ctx.px(7) : ctx.px(5)))};
  max_ = {std::floor(corner.x + width - ctx.px(6)),
          std::floor(corner.y + height - text_height - ctx.px(5))};

  const ImU32 grid = faded(ctx.colours.line, 0.55f);
  for (std::size_t i = 0; i < x_.ticks.size(); ++i) {
    const float px = std::floor(at(x_.ticks[i], y_.low).x);
    list_->AddLine({px + 0.5f, min_.y}, {px + 0.5f, max_.y}, grid);
    const float w = text_size(x_names[i].c_str()).x;
    // The axis label takes the right end of the line.
    const float right = max_.x + ctx.px(6) - (has_x_label ? x_label_width + ctx.px(6) : 0.0f);
    const float left = std::clamp(px - w / 2, corner.x, std::max(corner.x, right - w));
    if (has_x_label && px + w / 2 > right) continue;
    draw_text({left, max_.y + ctx.px(3)}, ctx.colours.faint, x_names[i].c_str());
  }
  // In a low plot the ends come first, and what lies between where there is room.
  const float least = 0.8f * text_height;  // digits do not fill a line
  std::vector<float> taken;
  for (std::size_t k = 0; k < y_.ticks.size(); ++k) {
    const std::size_t i = k == 0 ? 0 : y_.ticks.size() - k;
    const float py = std::floor(at(x_.low, y_.ticks[i]).y);
    list_->AddLine({min_.x, py + 0.5f}, {max_.x, py + 0.5f}, grid);
    if (std::ranges::any_of(taken, [&](float y) { return std::abs(y - py) < least; })) continue;
    taken.push_back(py);
    draw_text({min_.x - ctx.px(5) - text_size(y_names[i].c_str()).x, py - text_height / 2},
              ctx.colours.faint, y_names[i].c_str());
  }
  list_->AddLine({min_.x + 0.5f, min_.y}, {min_.x + 0.5f, max_.y}, ctx.colours.line);
  list_->AddLine({min_.x, max_.y + 0.5f}, {max_.x, max_.y + 0.5f}, ctx.colours.line);
  if (has_x_label) draw_label({max_.x + ctx.px(6) - x_label_width, max_.y + ctx.px(2)}, x_.label);
  if (has_y_label) draw_label(corner, y_.label);
  row_top_ = std::floor(corner.y);
  row_left_ = row_right_ = max_.x;
  if (has_y_label)
    row_left_ = corner.x + words->CalcTextSizeA(words->FontSize, 1e9f, 0, y_.label).x + ctx.px(12);
}

namespace {
/// 0 at the low end of the axis, 1 at the high one.
double share_of(const Axis& axis, double value) {
  if (!axis.logarithmic) return (value - axis.low) / (axis.high - axis.low);
  return std::log(std::max(value, 1e-300) / axis.low) / std::log(axis.high / axis.low);
}
}  // namespace

ImVec2 Plot::at(double x, double y) const {
  const double u = share_of(x_, x), v = share_of(y_, y);
  return {min_.x + static_cast<float>(u) * (max_.x - min_.x),
          max_.y - static_cast<float>(v) * (max_.y - min_.y)};
}

double Plot::x_at(float pixel) const {
  return x_.low + (x_.high - x_.low) * (pixel - min_.x) / (max_.x - min_.x);
}

void Plot::line(std::span<const double> x, std::span<const double> y, ImU32 colour,
                float width) const {
  list_->PushClipRect({min_.x, min_.y - 2}, {max_.x + 2, max_.y + 2}, true);
  std::vector<ImVec2> path;
  const auto stroke = [&] {
    list_->AddPolyline(path.data(), static_cast<int>(path.size()), colour, 0,
                       std::max(1.0f, width * scale_));
    path.clear();
  };
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!std::isfinite(y[i])) {
      stroke();
      continue;
    }
    const ImVec2 next = at(x[i], y[i]);
    // A joint that turns back would be as thin as its angle: there, a stroke ends.
    if (const std::size_t n = path.size(); n > 1) {
      const ImVec2 a = path[n - 2], b = path[n - 1];
      if ((b.x - a.x) * (next.x - b.x) + (b.y - a.y) * (next.y - b.y) < 0) {
        stroke();
        path.push_back(b);
      }
    }
    path.push_back(next);
  }
  stroke();
  list_->PopClipRect();
}

void Plot::bar(double x0, double x1, double y, ImU32 colour) const {
  const ImVec2 top = at(x0, std::min(y, y_.high));
  const float right = at(x1, 0).x;
  if (top.y < max_.y)
    list_->AddRectFilled({top.x, top.y}, {std::max(right - 1, top.x + 1), max_.y}, colour);
}

void Plot::bars(std::span<const double> edges, std::span<const double> heights,
                ImU32 colour) const {
  for (std::size_t i = 0; i + 1 < edges.size(); ++i)
    bar(edges[i], edges[i + 1], heights[i], colour);
}

void Plot::vertical(double x, ImU32 colour) const {
  const float px = std::floor(at(x, 0).x) + 0.5f;
  list_->AddLine({px, min_.y}, {px, max_.y}, colour, std::max(1.0f, scale_));
}

void Plot::level(double y, ImU32 colour, const UiContext& ctx, const char* words) const {
  if (!(y >= y_.low && y <= y_.high)) return;
  const float py = std::floor(at(x_.low, y).y) + 0.5f;
  const float dash = 4 * scale_, thick = std::max(1.0f, scale_);
  for (float px = min_.x; px < max_.x; px += 2 * dash)
    list_->AddLine({px, py}, {std::min(px + dash, max_.x), py}, colour, thick);
  if (!*words) return;
  ImFont* font = ctx.fonts.caption;
  const float width = font->CalcTextSizeA(font->FontSize, 1e9f, 0, words).x;
  const float sample = 3 * dash, gap = 5 * scale_;
  if (row_right_ - width - gap - sample >= row_left_) {
    const float x = std::floor(row_right_ - width);
    const float middle = std::floor(row_top_ + font->FontSize / 2) + 0.5f;
    list_->AddText(font, font->FontSize, {x, row_top_}, ctx.colours.faint, words);
    for (const float from : {x - gap - sample, x - gap - dash})
      list_->AddLine({from, middle}, {from + dash, middle}, colour, thick);
    row_right_ = x - gap - sample - 2 * gap;
    return;
  }
  // No room beside the label: on the line itself, on ground of its own.
  const float above = py - font->FontSize - 1;
  const ImVec2 at{std::floor(max_.x - width - 2 * scale_),
                  std::floor(above < min_.y ? py + 1 : above)};
  list_->AddRectFilled(at, {at.x + width, at.y + font->FontSize}, ctx.colours.panel);
  list_->AddText(font, font->FontSize, at, colour, words);
}

void Plot::dot(double x, double y, ImU32 colour, float radius) const {
  list_->AddCircleFilled(at(x, y), radius * scale_, colour);
}

}  // namespace phaseloom
