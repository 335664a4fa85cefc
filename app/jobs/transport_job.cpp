// SPDX-License-Identifier: MIT
#include "app/jobs/transport_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/support/caught.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;
using State = TransportSnapshot::State;

constexpr JobWords kWords{"transport training", "transport.", "transport.start",
                          "is being measured"};
constexpr auto kPublishInterval = 50ms;
constexpr auto kDrawInterval = 200ms;
constexpr int kSlice = 10;             // iterations between two looks for wishes
constexpr int kLooks = 24;             // at W2^2 in one training
constexpr std::size_t kMostKept = 12;  // results that come back with their points
/// Points whose mean is taken for the hidden units of a slice of the field.
constexpr std::size_t kMeanOf = 128;

FieldSlices slices_of(const TransportModel& model, std::span<const Point> source) {
  std::vector<Point> places;
  for (int row = 0; row < FieldSlices::kSide; ++row)
    for (int column = 0; column < FieldSlices::kSide; ++column)
      places.push_back(FieldSlices::place(row, column));
  FieldSlices slices;
  const auto some = source.first(std::min(source.size(), kMeanOf));
  for (int k = 0; k < FieldSlices::kMoments; ++k) {
    const double t = double(k) / (FieldSlices::kMoments - 1);
    const auto slice = velocity(model, t, places, hidden_state(model, some, t));
    slices.velocities.insert(slices.velocities.end(), slice.begin(), slice.end());
  }
  return slices;
}

/// Whether both are about the same distributions, drawn with the same seed.
bool same_pair(const TransportExperiment& a, const TransportExperiment& b) {
  return a.pair == b.pair && a.seed == b.seed && (a.pair != kDrawnPair || a.drawing == b.drawing);
}

}  // namespace

TransportJob::TransportJob(bool gated) : Job(gated, kWords) {}

// --- called by the window ------------------------------------------------------------------------

void TransportJob::order(Order order) {
  refuse_while_long();
  drop_queued();
  shown_ = order.experiment;
  passed_.reset();
  if (order.setups.empty()) return JobThread::order([this, order](auto) { perform(order); });
  bool waits = false;
  {
    const std::lock_guard lock(mutex_);
    waits = is_long() != Long::none;
  }
  if (waits) note(false, "The training begins as soon as the one before is measured");
  order_long([this, order = std::move(order)](auto) { perform(order); }, true);
}

void TransportJob::start(const TransportExperiment& experiment) {
  order({experiment, {experiment.setup()}});
}

void TransportJob::start_row(const TransportExperiment& experiment) {
  const auto with = [&](std::string_view model, TransportLoss loss) {
    TransportExperiment other = experiment;
    other.model = transport_model_choice(model);
    other.loss = loss;
    return other.setup();
  };
  const std::string_view physics =
      experiment.model.name() == kMlp ? "kuramoto_shil" : experiment.model.name();
  order({experiment,
         {with(kMlp, TransportLoss::ot_cfm), with(physics, TransportLoss::ot_cfm),
          with(physics, TransportLoss::swd)},
         true});
}

void TransportJob::restore(const SavedTransport& saved) {
  order({saved.experiment, {}, false, saved});
}

void TransportJob::show(const TransportExperiment& experiment) {
  const auto same = [&](const std::optional<TransportExperiment>& other) {
    return other && same_pair(*other, experiment) && other->points == experiment.points;
  };
  if (same(shown_)) return passed_.reset();
  {
    const std::lock_guard lock(mutex_);
    if (is_long() != Long::none) passed_ = experiment;
    if (busy()) return;
  }
  if (!same(passed_)) order({experiment, {}});
}

void TransportJob::export_to(const std::filesystem::path& file) {
  errand([this, file] {
    export_paths(now_, file);
    note(false, fmt::format("{}: written", file.string()));
  });
}

// --- the thread ----------------------------------------------------------------------------------

void TransportJob::perform(const Order& order) {
  keep();
  if (const TransportSnapshot* back = kept(order.experiment);
      back && order.setups.empty() && !order.saved) {
    now_ = *back;
    losses_.clear();
    for (const LossPoint& point : now_.losses) losses_.add(point);
    return show_more_points(order.experiment.points);
  }
  now_ = {};
  losses_.clear();
  now_.experiment = order.experiment;
  now_.comparing = order.row;
  now_.to_compare = order.row ? static_cast<int>(order.setups.size()) : 0;
  const auto problem = problem_of(
      [&] {
        const TransportPair pair = pair_of(order.experiment);
        show_points(pair, order.experiment);
        if (order.saved) show_saved(*order.saved);
        for (const TransportSetup& setup : order.setups) {
          train(pair, setup, &setup == &order.setups.back());
          if (now_.stopped) break;
          if (!order.row) continue;
          now_.row.push_back({setup, now_.picture, now_.w2_squared, now_.floor});
        }
        if (order.setups.empty() && !order.saved) now_.state = State::idle;
      },
      "not enough memory; take fewer points");
  if (problem) {
    now_.state = State::failed;
    now_.reason = *problem;
  }
  trainer_.reset();
  now_.comparing = false;
  now_.iterations_per_second = 0;
  publish();
}

void TransportJob::keep() {
  if (!now_.picture) return;
  std::erase_if(kept_, [&](const auto& k) { return same_pair(k.experiment, now_.experiment); });
  kept_.push_back(now_);
  if (kept_.size() > kMostKept) kept_.erase(kept_.begin());
}

const TransportSnapshot* TransportJob::kept(const TransportExperiment& experiment) const {
  const auto found = std::ranges::find_if(
      kept_, [&](const auto& k) { return same_pair(k.experiment, experiment); });
  return found == kept_.end() ? nullptr : &*found;
}

void TransportJob::show_more_points(int points) {
  // A file of points may be gone; what is shown stays.
  const auto problem = problem_of([&] {
    now_.experiment.points = points;
    show_points(pair_of(now_.experiment), now_.experiment);
    now_.picture = picture_of(now_.picture->model);
    for (TransportResult& result : now_.row) result.picture = picture_of(result.picture->model);
  });
  if (problem) note(true, *problem);
  publish();
}

void TransportJob::show_saved(const SavedTransport& saved) {
  const auto picture = [&](const SavedTransport::Trained& trained) {
    return picture_of(transport_model(trained.setup, trained.values));
  };
  now_.setup = saved.shown.setup;
  now_.iteration = now_.iterations = now_.setup.iterations;
  if (!std::isfinite(saved.shown.w2_squared)) {  // it had not come to its end
    now_.iteration = saved.losses.empty() ? 0 : static_cast<int>(saved.losses.back().iteration);
    now_.stopped = true;
  }
  now_.curve = saved.curve;
  now_.look_floor = saved.look_floor;
  now_.w2_squared = saved.shown.w2_squared;
  now_.floor = saved.shown.floor;
  now_.picture = picture(saved.shown);
  for (const auto& trained : saved.row)
    now_.row.push_back({trained.setup, picture(trained), trained.w2_squared, trained.floor});
  now_.to_compare = static_cast<int>(now_.row.size());
  for (const LossPoint& point : saved.losses) losses_.add(point);
  now_.state = State::finished;
}

void TransportJob::show_points(const TransportPair& pair, const TransportExperiment& experiment) {
  // Held out: what is seen is not what it learns from.
  const auto seed = held_out_seed(experiment.seed);
  now_.pair_name = pair.name();
  now_.pair_title = pair.title();
  now_.source = std::make_shared<const Points>(pair.source(seed, 0, experiment.points));
  now_.target = std::make_shared<const Points>(pair.target(seed, 0, experiment.points));
}

void TransportJob::train(const TransportPair& pair, const TransportSetup& setup, bool last) {
  const auto began = Clock::now();
  trainer_ = std::make_unique<TransportTrainer>(pair, setup);
  losses_.clear();
  now_.state = State::running;
  now_.setup = trainer_->setup();
  now_.iteration = 0;
  drawn_iteration_ = -1;
  now_.iterations = now_.setup.iterations;
  now_.curve.clear();
  now_.w2_squared = now_.floor = TransportSnapshot::kUnknown;
  now_.look_floor = sampling_floor(pair, setup.seed, kLookPoints);
  draw();
  publish();
  const int between_looks = std::max(1, now_.iterations / kLooks);
  while (!trainer_->finished()) {
    const int until_look = between_looks - now_.iteration % between_looks;
    const int now = granted(std::min(kSlice, until_look));
    if (now == 0) {
      now_.state = State::finished;
      now_.stopped = true;
      break;
    }
    now_.state = State::running;
    trainer_->advance(now);
    for (int i = now_.iteration; i < trainer_->iterations(); ++i)
      losses_.add({i + 1, trainer_->losses()[static_cast<std::size_t>(i)], 0});
    now_.iteration = trainer_->iterations();
    if (now_.iteration % between_looks == 0)
      now_.curve.push_back(
          {now_.iteration, measured_w2_squared(trainer_->model(), pair, setup.seed, kLookPoints)});
    if (gated_) continue;
    const auto clock = Clock::now();
    now_.iterations_per_second =
        now_.iteration / std::chrono::duration<double>(clock - began).count();
    if (clock - drawn_ >= kDrawInterval) draw();
    if (clock - published_ >= kPublishInterval) publish();
  }
  draw();
  if (trainer_->finished()) measure(pair, setup, last);
}

void TransportJob::measure(const TransportPair& pair, const TransportSetup& setup, bool last) {
  now_.state = State::measuring;
  now_.iterations_per_second = 0;
  if (last) begin_ending();
  publish();
  const TransportScore at_end = score(trainer_->model(), pair, setup.seed);
  now_.w2_squared = at_end.w2_squared;
  now_.floor = at_end.floor;
  now_.state = State::finished;
}

void TransportJob::about_to_rest(bool paused) {
  now_.state = paused ? State::paused : State::running;
  draw();
  publish();
}

std::shared_ptr<const TransportPicture> TransportJob::picture_of(
    const TransportModel& model) const {
  return std::make_shared<const TransportPicture>(
      TransportPicture{model, flow(model, *now_.source, truth_steps_per_chunk(model)),
                       slices_of(model, *now_.source)});
}

void TransportJob::draw() {
  drawn_ = Clock::now();
  if (drawn_iteration_ == now_.iteration) return;
  now_.picture = picture_of(trainer_->model());
  drawn_iteration_ = now_.iteration;
}

void TransportJob::publish() {
  now_.losses = losses_.points();
  published_ = Clock::now();
  Job::publish(now_);
}

}  // namespace phaseloom
