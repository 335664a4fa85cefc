// SPDX-License-Identifier: MIT
#include "engine/sweep/plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>
#include <vector>

#include "engine/data/svg.hpp"

namespace phaseloom {
namespace {

constexpr std::string_view kInk = "#222222", kFaint = "#cccccc";
constexpr double kGap = 28, kLeft = 64, kTop = 74, kTitle = 42;

std::string bits_name(int bits) { return bits == 0 ? "float" : fmt::format("{}", bits); }

/// Several numbers of one place: seeds.
struct Mean {
  double sum = 0;
  int count = 0, failed = 0, missing = 0;
  void add(const std::optional<SweepRow>& row) {
    if (!row)
      ++missing;
    else if (row->failed() || !std::isfinite(row->relative))
      ++failed;
    else
      sum += row->relative, ++count;
  }
  double value() const { return sum / count; }
};

/// One panel of the heat map.
struct Slice {
  std::string model;
  SweepKind kind;
  double weight_noise, mismatch;
  auto operator<=>(const Slice&) const = default;
  std::string title() const {
    std::string text = model + (kind == SweepKind::trained ? ", trained on" : ", as it is");
    if (weight_noise > 0) text += fmt::format(", weight noise {}", weight_noise);
    if (mismatch > 0) text += fmt::format(", mismatch {}", mismatch);
    return text;
  }
};

template <class Value>
void add_new(std::vector<Value>& values, const Value& value) {
  if (std::ranges::find(values, value) == values.end()) values.push_back(value);
}

class HeatMap {
 public:
  explicit HeatMap(const SweepTable& table) {
    for (const auto& [cell, row] : table.places) {
      const Slice slice{cell.model, cell.kind, cell.hardware.weight_noise, cell.hardware.mismatch};
      add_new(slices_, slice);
      add_new(bits_, cell.hardware.bits);
      add_new(densities_, cell.hardware.density);
      places_[{slice, cell.hardware.bits, cell.hardware.density}].add(row);
    }
    // The finest weights are on the right, all wires on top.
    std::ranges::sort(bits_, {}, [](int bits) { return bits == 0 ? 99 : bits; });
    std::ranges::sort(densities_, std::greater{});
    for (const auto& [place, mean] : places_)
      if (mean.count > 0) {
        low_ = std::min(low_, mean.value());
        high_ = std::max(high_, mean.value());
      }
    if (!(low_ < high_)) {
      const double middle = std::isfinite(low_) && low_ > 0 ? low_ : 1;
      low_ = middle / 1.1;
      high_ = middle * 1.1;
    }
  }

  std::string draw() const {
    const auto columns = std::min<std::size_t>(3, std::max<std::size_t>(1, slices_.size()));
    const auto rows = (slices_.size() + columns - 1) / columns;
    const double width =
        std::max(2 * kLeft + 330, kLeft + double(columns) * (panel_width() + kLeft));
    const double height = kTop + double(rows) * (panel_height() + kTitle + kGap) + 64;
    SvgPicture svg(width, height);
    svg.text(20, 26, "start", "Relative FCD over bits and density (less is better)", 16);
    svg.text(20, 46, "start", "hatched: not done yet; crossed: no number", 11);
    for (std::size_t i = 0; i < slices_.size(); ++i)
      panel(svg, slices_[i], kLeft + double(i % columns) * (panel_width() + kLeft),
            kTop + kTitle / 2 + double(i / columns) * (panel_height() + kTitle + kGap));
    legend(svg, kLeft, height - 44);
    return svg.print();
  }

 private:
  static constexpr double kCellWidth = 54, kCellHeight = 34;
  double panel_width() const {
    return std::max(250.0, kCellWidth * double(std::max<std::size_t>(1, bits_.size())));
  }
  double panel_height() const {
    return kCellHeight * double(std::max<std::size_t>(1, densities_.size()));
  }

  /// 0 is the best; the scale is logarithmic.
  double position(double value) const { return std::log(value / low_) / std::log(high_ / low_); }
  static Rgb colour(double position) {
    return colour_at(ColourMap::magnitude, 1 - std::clamp(position, 0.0, 1.0));
  }

  void panel(SvgPicture& svg, const Slice& slice, double left, double top) const {
    svg.text(left, top - 8, "start", slice.title());
    for (std::size_t d = 0; d < densities_.size(); ++d) {
      const double y = top + kCellHeight * double(d);
      svg.text(left - 6, y + kCellHeight / 2 + 4, "end", fmt::format("{}", densities_[d]), 11);
      for (std::size_t b = 0; b < bits_.size(); ++b) {
        const auto found = places_.find({slice, bits_[b], densities_[d]});
        if (found != places_.end()) place(svg, found->second, left + kCellWidth * double(b), y);
      }
    }
    for (std::size_t b = 0; b < bits_.size(); ++b)
      svg.text(left + kCellWidth * (double(b) + 0.5), top + panel_height() + 15, "middle",
               bits_name(bits_[b]), 11);
    svg.text(left + kCellWidth * double(bits_.size()) / 2, top + panel_height() + 30, "middle",
             "bits of a weight; beside: density", 11);
  }

  void place(SvgPicture& svg, const Mean& mean, double x, double y) const {
    const double right = x + kCellWidth, bottom = y + kCellHeight;
    if (mean.count == 0) {
      svg.rectangle(x, y, kCellWidth, kCellHeight, "white", kFaint);
      if (mean.missing > 0) {
        constexpr double kStep = 11, w = kCellWidth, h = kCellHeight;
        for (double at = kStep; at < w + h; at += kStep)
          svg.line(x + std::max(0.0, at - h), y + std::min(at, h), x + std::min(at, w),
                   y + std::max(0.0, at - w), kFaint, 1);
      } else {
        svg.line(x, y, right, bottom, kInk, 1);
        svg.line(x, bottom, right, y, kInk, 1);
      }
      return;
    }
    const double at = position(mean.value());
    const Rgb fill = colour(at);
    svg.rectangle(x, y, kCellWidth, kCellHeight, svg_colour(fill), "white");
    const bool dark = to_oklab(fill).l < 0.6;
    svg.text(x + kCellWidth / 2, y + kCellHeight / 2 + 4, "middle",
             fmt::format("{:.3g}", mean.value()), 11, dark ? "#ffffff" : kInk);
  }

  void legend(SvgPicture& svg, double x, double y) const {
    constexpr int kSteps = 64;
    constexpr double kWidth = 256;
    for (int i = 0; i < kSteps; ++i)
      svg.rectangle(x + kWidth * i / kSteps, y, kWidth / kSteps + 0.5, 12,
                    svg_colour(colour((i + 0.5) / kSteps)));
    svg.text(x, y + 27, "start", fmt::format("{:.3g}", low_), 11);
    svg.text(x + kWidth, y + 27, "end", fmt::format("{:.3g}", high_), 11);
    svg.text(x + kWidth + 12, y + 10, "start", "logarithmic", 11);
  }

  std::vector<Slice> slices_;
  std::vector<int> bits_;
  std::vector<double> densities_;
  std::map<std::tuple<Slice, int, double>, Mean> places_;
  double low_ = HUGE_VAL, high_ = -HUGE_VAL;
};

/// Logarithmic, over what there is and a little more.
struct LogAxis {
  double low = HUGE_VAL, high = -HUGE_VAL;
  double from = 0, to = 1;  // pixels

  void take(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  void settle() {
    if (!(low <= high)) low = high = 1;
    constexpr double kMargin = 1.15;
    low /= kMargin;
    high *= kMargin;
  }
  double operator()(double value) const {
    return from + (to - from) * std::log(value / low) / std::log(high / low);
  }
  /// 1, 2 and 5 of each decade that is seen; only the ones if there are many decades.
  template <class Visit>
  void ticks(const Visit& visit) const {
    const bool few = std::log10(high / low) < 2.5;
    for (int decade = int(std::floor(std::log10(low))); decade <= int(std::log10(high)) + 1;
         ++decade)
      for (const int digit : {1, 2, 5}) {
        const double value = digit * std::pow(10.0, decade);
        if (value >= low && value <= high && (few || digit == 1)) visit(value);
      }
  }
};

class ParetoPlot {
 public:
  explicit ParetoPlot(const SweepTable& table) : plan_(table.plan) {
    for (const SweepRow& row : table.rows())
      if (row.energy_of(plan_.cost.hold) > 0 && row.relative > 0) rows_.push_back(row);
    x_ = {.from = kLeft + 12, .to = kWidth - 24};
    y_ = {.from = kHeight - 60, .to = kTop + 20};
    for (const SweepRow& row : rows_) {
      x_.take(microjoules(row));
      y_.take(row.relative);
    }
    x_.settle();
    y_.settle();
  }

  std::string draw() const {
    SvgPicture svg(kWidth, kHeight);
    svg.text(20, 26, "start", "Energy and quality: less is better of both", 16);
    svg.text(20, 46, "start",
             fmt::format("chunks held by {}, {}, eta = {}, {} image{} per programming; good to "
                         "about a factor of {} either way",
                         name_of(plan_.cost.hold), name_of(plan_.cost.preset), plan_.cost.eta,
                         plan_.cost.batch, plan_.cost.batch == 1 ? "" : "s", kCostFactor),
             11);
    axes(svg);
    front(svg);
    for (const SweepRow& row : rows_) {
      const bool trained = row.kind == SweepKind::trained;
      svg.circle(x_(microjoules(row)), y_(row.relative), 4.2, trained ? kTrained : "white",
                 trained ? kTrained : kAsIs, label(row));
    }
    constexpr double kLegend = kWidth - 200;
    svg.circle(kLegend, 62, 4.2, "white", kAsIs);
    svg.text(kLegend + 10, 66, "start", "as it is", 11);
    if (plan_.train.wanted()) {
      svg.circle(kLegend + 80, 62, 4.2, kTrained, kTrained);
      svg.text(kLegend + 90, 66, "start", "trained on", 11);
    }
    return svg.print();
  }

 private:
  static constexpr double kWidth = 760, kHeight = 500;
  static constexpr std::string_view kAsIs = "#0072b2", kTrained = "#d55e00";

  double microjoules(const SweepRow& row) const { return 1e6 * row.energy_of(plan_.cost.hold); }

  static std::string label(const SweepRow& row) {
    std::string text =
        fmt::format("{}: {} bits, density {}", row.model, bits_name(row.bits), row.density);
    if (row.weight_noise > 0) text += fmt::format(", weight noise {}", row.weight_noise);
    if (row.mismatch > 0) text += fmt::format(", mismatch {}", row.mismatch);
    return text;
  }

  void axes(SvgPicture& svg) const {
    x_.ticks([&](double value) {
      svg.line(x_(value), y_.from, x_(value), y_.to, "#eeeeee", 1);
      svg.text(x_(value), y_.from + 16, "middle", fmt::format("{:.4g}", value), 11);
    });
    y_.ticks([&](double value) {
      svg.line(x_.from, y_(value), x_.to, y_(value), "#eeeeee", 1);
      svg.text(x_.from - 6, y_(value) + 4, "end", fmt::format("{:.4g}", value), 11);
    });
    svg.line(x_.from, y_.from, x_.to, y_.from, "#888888", 1);
    svg.line(x_.from, y_.from, x_.from, y_.to, "#888888", 1);
    svg.text((x_.from + x_.to) / 2, kHeight - 20, "middle", "energy per image, µJ");
    svg.text(x_.from, y_.to - 8, "start", "relative FCD", 11);
  }

  /// As steps: between two of its points nothing better is known.
  void front(SvgPicture& svg) const {
    const auto on_it = pareto_front(rows_, plan_.cost.hold);
    for (std::size_t i = 0; i + 1 < on_it.size(); ++i) {
      const SweepRow &a = rows_[on_it[i]], &b = rows_[on_it[i + 1]];
      const double x = x_(microjoules(b));
      svg.line(x_(microjoules(a)), y_(a.relative), x, y_(a.relative), kInk, 1.4);
      svg.line(x, y_(a.relative), x, y_(b.relative), kInk, 1.4);
    }
    // What the points of the front are; those that would lie on others go without.
    double last = -HUGE_VAL;
    for (const std::size_t i : on_it) {
      const SweepRow& row = rows_[i];
      const double x = x_(microjoules(row));
      if (x - last < 90) continue;
      last = x;
      svg.text(x + 8, y_(row.relative) - 8, x > kWidth - 140 ? "end" : "start",
               fmt::format("{} bit, d {}", bits_name(row.bits), row.density), 10);
    }
  }

  const SweepPlan& plan_;
  std::vector<SweepRow> rows_;
  LogAxis x_, y_;
};

}  // namespace

std::string sweep_heat_map_svg(const SweepTable& table) { return HeatMap(table).draw(); }

std::string sweep_pareto_svg(const SweepTable& table) { return ParetoPlot(table).draw(); }

}  // namespace phaseloom
