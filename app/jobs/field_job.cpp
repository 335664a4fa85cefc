// SPDX-License-Identifier: MIT
#include "app/jobs/field_job.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;

constexpr JobWords kWords{"field", "field.", "workspace learn", "ends"};
constexpr auto kPublishInterval = 30ms;  // the picture of a million places takes a while to draw
constexpr auto kDoze = 3ms;
constexpr auto kSlumber = 30ms;
constexpr double kMostOwedSeconds = 0.1;
constexpr std::size_t kKept = 600;  // of what is plotted over time

}  // namespace

FieldJob::FieldJob(bool gated) : Job(gated, kWords) {}

// --- called by the window ------------------------------------------------------------------------

void FieldJob::need_field(const char* command) const {
  if (!shown_)
    fail("field.{}: no field runs yet; workspace learn with playground.preset field begins one",
         command);
}

void FieldJob::show(const FieldExperiment& experiment, bool watched) {
  if (!shown_) {
    if (!watched) return;
    shown_ = experiment;
    watched_before_ = true;
    return order_long([this, experiment](auto) {
      experiment_ = experiment;
      perform();
    });
  }
  if (watched != std::exchange(watched_before_, watched))
    errand([this, watched] {
      watched_ = watched;
      last_ = Clock::now();
    });
  if (*shown_ == experiment) return;
  shown_ = experiment;
  errand([this, experiment] {
    const FieldExperiment before = std::exchange(experiment_, experiment);
    const FieldSettings& s = experiment.settings;
    const bool anew = s.width != before.settings.width || s.seed != before.settings.seed ||
                      s.start_width != before.settings.start_width ||
                      s.frequencies != before.settings.frequencies;
    if (!field_ || anew)
      make();
    else
      field_->set_settings(s);
    show_now();
  });
}

void FieldJob::change(std::function<void(Field&)> work) {
  errand([this, work = std::move(work)] {
    if (!field_) return;
    const auto problem = problem_of([&] { work(*field_); });
    if (problem) note(true, "field: " + *problem);
    show_now();
  });
}

void FieldJob::play() {
  need_field("play");
  resume();
}
void FieldJob::halt() {
  need_field("pause");
  pause();
}
void FieldJob::step(int steps) {
  need_field("step");
  advance(steps);
}
void FieldJob::restart() {
  need_field("restart");
  change([this](Field& field) {
    field.restart();
    now_.times.clear();
    now_.orders.clear();
    now_.defect_counts.clear();
  });
}
void FieldJob::disturb(double x, double y, double radius, Disturbance what) {
  need_field("disturb");
  change([=](Field& field) { field.disturb(x, y, radius, what); });
}

// --- the thread ----------------------------------------------------------------------------------

void FieldJob::make() {
  if (!pool_) pool_ = std::make_unique<ThreadPool>();
  field_.reset();  // both at once may be more than there is room for
  field_ = std::make_unique<Field>(experiment_.settings, *pool_);
  now_ = {};
}

void FieldJob::perform() {
  make();
  watched_ = true;
  last_ = published_ = Clock::now();
  show_now();
  for (;;) {
    (void)granted(0);
    if (told_to_stop()) return;
    const int wanted = gated_ ? 64 : due();
    if (wanted == 0) {
      std::this_thread::sleep_for(watched_ ? kDoze : kSlumber);
      continue;
    }
    const int steps = granted(wanted);
    if (steps == 0) return;
    field_->step(steps);
    now_.playing = true;
    if (!gated_ && Clock::now() - published_ >= kPublishInterval) show_now();
  }
}

int FieldJob::due() {
  const auto now = Clock::now();
  const double passed = std::chrono::duration<double>(now - std::exchange(last_, now)).count();
  if (!watched_) return 0;
  owed_ = std::min(owed_ + passed * experiment_.speed,
                   std::max(1.0, kMostOwedSeconds * experiment_.speed));
  // One at a time: between two of them wishes are met, and one of a large field takes a while.
  if (owed_ < 1) return 0;
  owed_ -= 1;
  return 1;
}

void FieldJob::show_now() {
  now_.width = experiment_.settings.width;
  now_.height = experiment_.settings.height;
  auto phases = std::make_shared<std::vector<float>>(
      static_cast<std::size_t>(experiment_.settings.places()));
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
  const auto clock = Clock::now();
  const double passed = std::chrono::duration<double>(clock - published_).count();
  if (!gated_ && passed > 0 && now_.step > published_step_) {
    const double rate = static_cast<double>(now_.step - published_step_) / passed;
    rate_ = rate_ > 0 ? 0.9 * rate_ + 0.1 * rate : rate;
  }
  published_ = clock;
  published_step_ = now_.step;
  now_.steps_per_second = now_.playing ? rate_ : 0;
  publish(now_);
}

void FieldJob::about_to_rest(bool) {
  if (!field_) return;
  now_.playing = false;
  owed_ = 1;  // the next step is due at once
  last_ = Clock::now();
  show_now();
}

}  // namespace phaseloom
