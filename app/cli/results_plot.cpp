// SPDX-License-Identifier: MIT
#include "app/cli/results_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/data/svg.hpp"
#include "engine/transport/pair.hpp"
#include "engine/transport/results_summary.hpp"

namespace phaseloom {
namespace {

constexpr double kPanelWidth = 250, kPanelHeight = 190;
constexpr double kGapX = 14, kGapY = 40;
constexpr double kLeft = 70, kTop = 86, kRight = 20, kBottom = 74;

/// Told apart by colour-blind eyes too (Okabe and Ito 2008), in the order of transport_models().
constexpr std::string_view kColours[] = {"#222222", "#56b4e9", "#0072b2", "#e69f00", "#d55e00"};

std::string_view colour_of(std::string_view model) {
  const auto models = transport_models();
  const auto at = std::ranges::find(models, model) - models.begin();
  return at < std::ssize(kColours) ? kColours[at] : "#999999";
}

std::string_view dash_of(TransportLoss loss) { return loss == TransportLoss::swd ? "none" : "5 4"; }

/// Logarithmic axis of one row of panels.
struct Axis {
  double low, high;  // of W2^2
  double bottom;     // y of `low`
  double y(double value) const {
    const double f = std::log(std::clamp(value, low, high) / low) / std::log(high / low);
    return bottom - f * kPanelHeight;
  }
};

class Plot {
 public:
  explicit Plot(const std::vector<TransportRow>& rows) : rows_(rows), summaries_(summarised(rows)) {
    std::set<int> chunks, hidden;
    for (const TransportRow& r : rows) {
      if (std::ranges::find(pairs_, r.pair) == pairs_.end()) pairs_.push_back(r.pair);
      if (r.model == kMlp) continue;
      chunks.insert(r.chunks);
      hidden.insert(r.hidden);
    }
    if (chunks.empty()) chunks = {1};  // an mlp alone has a panel too
    if (hidden.empty()) hidden = {0};
    chunks_.assign(chunks.begin(), chunks.end());
    hidden_.assign(hidden.begin(), hidden.end());
  }

  std::string draw() {
    const double width = kLeft + columns() * (kPanelWidth + kGapX) - kGapX + kRight;
    const double height = kTop + double(pairs_.size()) * (kPanelHeight + kGapY) - kGapY + kBottom;
    svg_ = SvgPicture(width, height);
    svg_.text(kLeft, 24, "start",
              "W2² between 2,000 carried and 2,000 held-out points, against hidden units", 16);
    legend();
    for (std::size_t p = 0; p < pairs_.size(); ++p) draw_pair(static_cast<int>(p));
    svg_.text(kLeft + (width - kLeft - kRight) / 2, height - 30, "middle", "hidden units");
    svg_.text(kLeft, height - 10, "start",
              fmt::format("Points: median over seeds; bars: least to largest. {} trainings.",
                          rows_.size()),
              11);
    return svg_.print();
  }

 private:
  /// Full for SWD, hollow for OT-CFM.
  void dot(double x, double y, std::string_view colour, TransportLoss loss) {
    svg_.circle(x, y, 3.2, loss == TransportLoss::swd ? colour : "white", colour);
  }

  double columns() const { return double(chunks_.size()); }
  double panel_x(std::size_t column) const {
    return kLeft + double(column) * (kPanelWidth + kGapX);
  }
  double hidden_x(std::size_t column, std::size_t place) const {
    return panel_x(column) + kPanelWidth * (double(place) + 0.5) / double(hidden_.size());
  }

  const ResultSummary* summary(const std::string& pair, std::string_view model, TransportLoss loss,
                               int chunks, int hidden) const {
    const auto found = std::ranges::find_if(summaries_, [&](const ResultSummary& s) {
      return s.pair == pair && s.model == model && s.loss == loss && s.chunks == chunks &&
             s.hidden == hidden;
    });
    return found == summaries_.end() ? nullptr : &*found;
  }

  void legend() {
    double x = kLeft;
    constexpr double y = 48;
    for (const auto model : transport_models()) {
      if (std::ranges::none_of(rows_, [&](const auto& r) { return r.model == model; })) continue;
      svg_.rectangle(x, y - 9, 14, 10, colour_of(model));
      svg_.text(x + 20, y, "start", model);
      x += 40 + 8 * double(model.size());
    }
    for (const auto loss : {TransportLoss::swd, TransportLoss::ot_cfm}) {
      svg_.line(x, y - 4, x + 32, y - 4, "#222222", 1.6, dash_of(loss));
      dot(x + 16, y - 4, "#222222", loss);
      svg_.text(x + 38, y, "start", name_of(loss));
      x += 60 + 8 * double(name_of(loss).size());
    }
    svg_.line(x, y - 4, x + 32, y - 4, "#222222", 1.2, "1 3");
    svg_.text(x + 38, y, "start", "sampling noise (target against target)");
  }

  Axis axis_of(const std::string& pair, double bottom) const {
    double low = HUGE_VAL, high = 0;
    for (const TransportRow& r : rows_) {
      if (r.pair != pair) continue;
      for (const double v : {r.w2_squared, r.floor})
        if (std::isfinite(v) && v > 0) {
          low = std::min(low, v);
          high = std::max(high, v);
        }
    }
    if (!(low < high)) return {1e-4, 1, bottom};
    return {low / 1.25, high * 1.25, bottom};
  }

  void draw_pair(int index) {
    const std::string& pair = pairs_[static_cast<std::size_t>(index)];
    const double top = kTop + index * (kPanelHeight + kGapY);
    const Axis axis = axis_of(pair, top + kPanelHeight);
    std::string title = pair;
    for (const PairInfo& info : pair_infos())
      if (info.name == pair) title += fmt::format(": {}", info.title);
    for (std::size_t c = 0; c < chunks_.size(); ++c) {
      const double x = panel_x(c);
      grid_lines(axis, x, c == 0);
      svg_.rectangle(x, top, kPanelWidth, kPanelHeight, "none", "#888");
      const auto count = fmt::format("{} chunk{}", chunks_[c], chunks_[c] == 1 ? "" : "s");
      svg_.text(x, top - 6, "start", c == 0 ? title + ", " + count : count);
      for (std::size_t h = 0; h < hidden_.size(); ++h)
        svg_.text(hidden_x(c, h), top + kPanelHeight + 15, "middle", std::to_string(hidden_[h]),
                  11);
      levels(pair, axis, x);
      int series = 0;
      for (const auto model : transport_models())
        for (const auto loss : {TransportLoss::ot_cfm, TransportLoss::swd})
          if (model != kMlp) curve(pair, model, loss, c, axis, 2.0 * (series++ - 3.5));
    }
  }

  void grid_lines(const Axis& axis, double x, bool labels) {
    for (int decade = -9; decade <= 3; ++decade)
      for (const int digit : {1, 2, 5}) {
        const double value = digit * std::pow(10.0, decade);
        if (value < axis.low || value > axis.high) continue;
        svg_.line(x, axis.y(value), x + kPanelWidth, axis.y(value),
                  digit == 1 ? "#cccccc" : "#eeeeee", 1);
        if (labels) svg_.text(x - 6, axis.y(value) + 4, "end", fmt::format("{}", value), 11);
      }
  }

  /// What has neither chunks nor hidden units: the mlp, the floor.
  void levels(const std::string& pair, const Axis& axis, double x) {
    std::vector<double> floors;
    for (const TransportRow& r : rows_)
      if (r.pair == pair) floors.push_back(r.floor);
    const double floor = axis.y(spread_of(std::move(floors)).median);
    svg_.line(x, floor, x + kPanelWidth, floor, "#222222", 1.2, "1 3");
    for (const auto loss : {TransportLoss::ot_cfm, TransportLoss::swd}) {
      const ResultSummary* mlp = summary(pair, kMlp, loss, 1, 0);
      if (!mlp) continue;
      const Spread& s = mlp->w2_squared;
      svg_.rectangle(x, axis.y(s.most), kPanelWidth, axis.y(s.least) - axis.y(s.most), "#e8e8e8");
      svg_.line(x, axis.y(s.median), x + kPanelWidth, axis.y(s.median), colour_of(kMlp), 1.6,
                dash_of(loss));
    }
  }

  /// One model and loss across one panel, `aside` so that bars do not hide each other.
  void curve(const std::string& pair, std::string_view model, TransportLoss loss,
             std::size_t column, const Axis& axis, double aside) {
    const auto colour = colour_of(model);
    double last_x = 0, last_y = 0;
    bool begun = false;
    for (std::size_t h = 0; h < hidden_.size(); ++h) {
      const ResultSummary* found = summary(pair, model, loss, chunks_[column], hidden_[h]);
      if (!found) continue;
      const Spread& s = found->w2_squared;
      const double x = hidden_x(column, h) + aside, y = axis.y(s.median);
      if (begun) svg_.line(last_x, last_y, x, y, colour, 1.6, dash_of(loss));
      if (found->seeds > 1) svg_.line(x, axis.y(s.least), x, axis.y(s.most), colour, 1);
      dot(x, y, colour, loss);
      last_x = x;
      last_y = y;
      begun = true;
    }
  }

  const std::vector<TransportRow>& rows_;
  const std::vector<ResultSummary> summaries_;
  std::vector<std::string> pairs_;
  std::vector<int> chunks_, hidden_;
  SvgPicture svg_{0, 0};
};

}  // namespace

std::string results_svg(const std::vector<TransportRow>& rows) { return Plot(rows).draw(); }

}  // namespace phaseloom
