// SPDX-License-Identifier: MIT
#include "app/jobs/field_job.hpp"

#include <utility>

#include "engine/support/caught.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;

constexpr JobWords kWords{"field", "field.", "workspace learn with playground.preset field",
                          "ends"};
constexpr auto kFrame = 30ms;       // the picture of a million places takes a while to draw
constexpr std::size_t kKept = 600;  // of what is plotted over time

}  // namespace

FieldJob::FieldJob(bool gated) : PacedJob(gated, kWords, Priority::low, kFrame) {}

// --- called by the window ------------------------------------------------------------------------

void FieldJob::show(const FieldExperiment& experiment, bool watched) {
  const bool begun = look(watched, [this, experiment] {
    experiment_ = experiment;
    make();
  });
  if (watched && !shown_) shown_ = experiment;
  if (!begun || *shown_ == experiment) return;
  shown_ = experiment;
  errand([this, experiment] { assign(experiment); });
}

void FieldJob::change(std::function<void(Field&)> work) {
  errand([this, work = std::move(work)] {
    if (!field_) return;
    const auto problem = problem_of([&] { work(*field_); });
    if (problem) note(true, "field: " + *problem);
    show_now();
  });
}

void FieldJob::restart() {
  need("restart");
  change([this](Field& field) {
    field.restart();
    now_.times.clear();
    now_.orders.clear();
    now_.defect_counts.clear();
  });
}

void FieldJob::disturb(double x, double y, double radius, Disturbance what) {
  need("disturb");
  change([=](Field& field) { field.disturb(x, y, radius, what); });
}

// --- the thread ----------------------------------------------------------------------------------

void FieldJob::make() {
  if (!pool_) pool_ = std::make_unique<ThreadPool>();
  field_.reset();  // both at once may be more than there is room for
  field_ = std::make_unique<Field>(experiment_.settings, *pool_);
  now_ = {};
  counted_ = Clock::now();
  counted_step_ = 0;
}

void FieldJob::assign(const FieldExperiment& experiment) {
  const FieldSettings before = std::exchange(experiment_, experiment).settings;
  const FieldSettings& s = experiment.settings;
  const bool anew = s.width != before.width || s.seed != before.seed ||
                    s.start_width != before.start_width || s.frequencies != before.frequencies;
  if (!field_ || anew)
    make();
  else
    field_->set_settings(s);
  show_now();
}

/// A step of a large field takes a while: wishes are met between two.
FieldJob::Pace FieldJob::pace() const { return {experiment_.speed, 1}; }

bool FieldJob::take(int steps) {
  field_->step(steps);
  return true;
}

void FieldJob::count_steps() {
  const auto clock = Clock::now();
  const double passed =
      std::chrono::duration<double>(clock - std::exchange(counted_, clock)).count();
  const std::int64_t steps = now_.step - std::exchange(counted_step_, now_.step);
  if (gated_ || passed <= 0 || steps <= 0) return;
  const double rate = static_cast<double>(steps) / passed;
  rate_ = rate_ > 0 ? 0.9 * rate_ + 0.1 * rate : rate;
}

void FieldJob::show_now() {
  if (!field_) return;
  now_.width = experiment_.settings.width;
  now_.height = experiment_.settings.height;
  auto phases =
      std::make_shared<std::vector<float>>(static_cast<std::size_t>(experiment_.settings.places()));
  field_->read_phases(*phases);
  now_.defects = count_defects(*phases, now_.width, now_.height);
  now_.phases = std::move(phases);
  now_.time = field_->time();
  now_.step = field_->steps();
  now_.order = field_->order_parameter();
  if (now_.times.empty() || now_.time > now_.times.back()) {
    now_.times.push_back(now_.time);
    now_.orders.push_back(now_.order);
    now_.defect_counts.push_back(now_.defects.all());
    for (auto* all : {&now_.times, &now_.orders, &now_.defect_counts})
      if (all->size() > kKept) all->erase(all->begin());
  }
  count_steps();
  now_.playing = playing();
  now_.steps_per_second = now_.playing ? rate_ : 0;
  publish(now_);
}

}  // namespace phaseloom
