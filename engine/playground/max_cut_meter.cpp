// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <complex>

#include "engine/playground/meter.hpp"
#include "engine/theory/max_cut.hpp"

namespace phaseloom {
namespace {

/// Units that push each other apart are to be in different groups, units that pull together in the
/// same: an edge weighs as much as it pushes, in units of |K|.
std::vector<Edge> edges_of(const PlaygroundRun& run) {
  const double sign = run.setup().coupling < 0 ? 1 : -1;
  std::vector<Edge> edges;
  for (const auto& c : run.network().couplings) edges.push_back({c.a, c.b, sign * c.weight});
  return edges;
}

/// Two groups: phases on either side of the axis that most of them lie along, voltages by sign.
std::vector<bool> groups_of(std::span<const float> state, bool is_phase) {
  std::complex<double> axis = 0;
  for (const float x : state) axis += std::polar(1.0, 2.0 * x);
  const double half = std::arg(axis) / 2;
  std::vector<bool> groups;
  for (const float x : state) groups.push_back(is_phase ? std::cos(double(x) - half) < 0 : x < 0);
  return groups;
}

class MaxCutMeter : public Meter {
 public:
  void disturbed(const PlaygroundRun& run) override {
    auto edges = edges_of(run);
    const auto same = [](const Edge& a, const Edge& b) {
      return a.a == b.a && a.b == b.b && a.weight == b.weight;
    };
    if (nodes_ == run.network().count() && std::ranges::equal(edges, edges_, same)) return;
    nodes_ = run.network().count();
    edges_ = std::move(edges);
    exact_ = exact_max_cut(nodes_, edges_);
    best_ = kNotKnown;
    times_.clear();
    cuts_.clear();
  }

  void take(const PlaygroundRun& run) override {
    const double cut = cut_of(run);
    if (!(best_ >= cut)) best_ = cut;
    // What was gone back over is not there any more.
    while (!times_.empty() && times_.back() >= run.now().time) {
      times_.pop_back();
      cuts_.pop_back();
    }
    times_.push_back(run.now().time);
    cuts_.push_back(cut);
    if (times_.size() > PlaygroundRun::kKept) {
      times_.erase(times_.begin());
      cuts_.erase(cuts_.begin());
    }
  }

  MeterReading read(const PlaygroundRun& run) const override {
    MeterReading reading;
    const double exact = exact_ ? exact_->weight : kNotKnown;
    const double now = cut_of(run);
    reading.lines = {
        {"cut", "cut", now, exact,
         "What the edges between the two groups weigh now, and at best: by trying every grouping."},
        {"best", "best so far", best_, exact, "The heaviest cut that this run has come by."}};
    reading.remark = !exact_ ? "Beyond 22 nodes nobody has tried all groupings."
                     : now >= exact - 1e-6
                         ? "This is a best cut."
                         : "There is a better cut: shake it with heat, or disturb.";
    MeterPlot plot;
    plot.title = "Cut";
    plot.x_label = "t";
    plot.y_label = "weight";
    plot.trace_x = times_;
    plot.trace_y = cuts_;
    if (!times_.empty()) {
      plot.x_low = times_.front();
      plot.x_high = std::max(times_.back(), times_.front() + 1);
    }
    double top = std::max(1.0, exact_ ? exact : 0.0);
    double low = 0;
    for (const double cut : cuts_) {
      top = std::max(top, cut);
      low = std::min(low, cut);
    }
    plot.y_low = low;
    plot.y_high = top * 1.1;
    if (exact_) {
      plot.x = {plot.x_low, plot.x_high};
      plot.y = {exact, exact};
    }
    reading.plot = std::move(plot);
    return reading;
  }

 private:
  double cut_of(const PlaygroundRun& run) const {
    const auto groups = groups_of(run.now().state, run.is_phase());
    double weight = 0;
    for (const Edge& edge : edges_)
      if (groups[static_cast<std::size_t>(edge.a)] != groups[static_cast<std::size_t>(edge.b)])
        weight += edge.weight;
    return weight;
  }

  int nodes_ = -1;
  std::vector<Edge> edges_;
  std::optional<Cut> exact_;
  double best_ = kNotKnown;
  std::vector<double> times_, cuts_;
};

}  // namespace

std::unique_ptr<Meter> make_max_cut_meter() { return std::make_unique<MaxCutMeter>(); }

}  // namespace phaseloom
