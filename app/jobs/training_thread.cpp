// SPDX-License-Identifier: MIT
// What the job's own thread does: it trains, draws, keeps, and says so.

#include <fmt/format.h>

#include <utility>

#include "app/document/assets.hpp"
#include "app/document/training_facts.hpp"
#include "app/jobs/training_job.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using namespace std::chrono_literals;
using State = TrainingSnapshot::State;

constexpr auto kPublishInterval = 100ms;
constexpr auto kDrawInterval = 1500ms;
constexpr int kDrawSteps = 3;  // per chunk, as the training itself

/// What the samples are drawn on: the bits that it learns to live with. Noise per sample would take
/// ten times as long.
Hardware as_trained_for(const TrainingSetup& setup) {
  const Hardware trained = setup.hardware();
  Hardware hardware = trained.idealised();
  hardware.bits = trained.bits;
  return hardware;
}

}  // namespace

void TrainingJob::look_for_checkpoint() {
  now_.can_go_on = false;
  std::error_code ignored;
  if (options_.checkpoint.empty() || !std::filesystem::exists(options_.checkpoint, ignored)) return;
  const auto problem = problem_of([&] {
    const Checkpoint checkpoint = load_checkpoint(options_.checkpoint);
    now_.unfinished = notes_of(checkpoint).setup;
    now_.unfinished_minutes = checkpoint.minutes;
    now_.can_go_on = true;
  });
  if (problem) note(true, fmt::format("cannot go on with the last training: {}", *problem));
}

void TrainingJob::look_for_last() {
  if (!last_.is_there()) return;
  const auto problem = problem_of([&] {
    now_.setup = setup_of(last_.read());
    now_.has_best = true;
  });
  if (problem)
    note(true, fmt::format("cannot offer the network of the last training: {}", *problem));
}

void TrainingJob::train(const Order& order) {
  now_ = {};
  now_.setup = order.setup;
  now_.state = State::loading;
  losses_.clear();
  best_.reset();
  if (!order.go_on)
    if (const auto problem = last_.set_aside(); !problem.empty()) note(true, problem);
  const auto problem = problem_of(
      [&] {
        best_ = run(order);
        take_result();
      },
      "not enough memory for this network; take fewer layers or chunks, or a smaller radius");
  if (problem) {
    now_.state = State::failed;
    now_.reason = *problem;
  }
  trainer_ = nullptr;
  now_.stopping = false;
  now_.doing.clear();
  now_.has_best = best_.has_value();
  now_.iterations_per_second = now_.seconds_left = 0;
  look_for_checkpoint();
  publish();
}

void TrainingJob::take_result() {
  now_.state = State::finished;
  if (!best_->stopped) now_.progress = 1;  // the clock may have run out within an iteration
  now_.reason = best_->curve.empty() ? "stopped before it began" : best_->reason;
  now_.stopped = best_->stopped && now_.reason.empty();
  if (best_->curve.empty()) return best_.reset();
  last_.write(best_model());
  std::error_code ignored;
  if (!best_->stopped) std::filesystem::remove(options_.checkpoint, ignored);
  draw(best_->program, best_->iterations);
}

TrainingResult TrainingJob::run(const Order& order) {
  std::optional<Checkpoint> checkpoint;
  if (order.go_on) {
    checkpoint = load_checkpoint(options_.checkpoint);
    notes_ = notes_of(*checkpoint);
    plan_ = checkpoint->plan;
  } else {
    notes_ = {};
    notes_.setup = order.setup;
    notes_.made_in = kMadeInTrain;
    plan_ = {};
    plan_.evaluate_samples = kWindowLookSamples;
    plan_.checkpoint = options_.checkpoint;
    plan_.checkpoint_every = 1;
    plan_.notes = print_notes(notes_);
    plan_ = plan_of(notes_.setup, std::move(plan_));
  }
  now_.setup = notes_.setup;
  if (!fetch_material(order)) return {};
  if (!plan_.checkpoint.empty()) {
    std::error_code ignored;  // writing says what is wrong
    std::filesystem::create_directories(plan_.checkpoint.parent_path(), ignored);
  }
  now_.batch = plan_.settings.batch;
  now_.picture = material_.images().shape();
  if (material_.evaluator()) now_.floor = material_.evaluator()->floor();
  now_.state = State::running;
  now_.doing.clear();

  const TrainingInputs inputs{material_.images(), material_.evaluator(), material_.features(),
                              *pool_};
  if (!checkpoint)
    return run_training(initial_program(notes_.setup, material_.images()), plan_, inputs,
                        callbacks(), order.stop);
  take_up(*checkpoint);
  return resume_training(std::move(*checkpoint), inputs, callbacks(), order.stop);
}

bool TrainingJob::fetch_material(const Order& order) {
  pool_ = std::make_unique<ThreadPool>(notes_.setup.threads);
  if (material_from_ != notes_.data) material_ = {};
  material_from_ = notes_.data;
  const auto source = [&](const std::string& name, Split split) {
    return options_.load(name, split,
                         notes_.data.empty() ? std::nullopt : std::optional(notes_.data));
  };
  const bool whole = material_.fetch(
      notes_.setup.dataset_name(), plan_.settings.loss, source, *pool_,
      [&](std::string_view doing) { say(doing); }, [&] { return order.stop.stop_requested(); });
  if (!material_.why_not().empty())
    now_.note = fmt::format("quality is not measured: {}", material_.why_not());
  return whole;
}

TrainingCallbacks TrainingJob::callbacks() {
  TrainingCallbacks callbacks;
  callbacks.between = [this] { between(); };
  callbacks.news = [this](const TrainingNews& news) { take_note(news); };
  callbacks.look = [this](const CurvePoint& point, std::span<const float>) {
    now_.curve.push_back({point.iteration, point.fcd_rk4, point.fcd_training});
  };
  callbacks.ending = [this] {
    begin_ending();
    now_.stopping = true;
    if (!gated_) publish();
  };
  callbacks.best = [this](const TrainingResult& result) {
    best_ = result;
    now_.best = result.fcd_rk4;
    now_.best_iteration = result.iterations;
    // There is another chance at the end, which tells.
    const auto ignored = problem_of([&] { last_.write(best_model()); });
    if (!gated_) publish();
  };
  return callbacks;
}

void TrainingJob::take_up(const Checkpoint& checkpoint) {
  for (const CurvePoint& p : checkpoint.result.curve)
    now_.curve.push_back({p.iteration, p.fcd_rk4, p.fcd_training});
  losses_ = checkpoint.result.losses;
  now_.iteration = checkpoint.iterations();
  now_.progress = plan_.iterations > 0
                      ? static_cast<double>(now_.iteration) / static_cast<double>(plan_.iterations)
                      : checkpoint.minutes / plan_.minutes;
  if (checkpoint.result.curve.empty()) return;
  best_ = checkpoint.result;
  now_.best = best_->fcd_rk4;
  now_.best_iteration = best_->iterations;
  now_.has_best = true;
}

void TrainingJob::take_note(const TrainingNews& news) {
  trainer_ = news.trainer;
  now_.iteration = news.report.iteration;
  now_.progress = news.progress;
  if (!gated_) {
    now_.iterations_per_second = news.iterations_per_second;
    now_.seconds_left = news.seconds_left;
  }
  now_.has_best = true;
  now_.rollbacks = news.rollbacks;
  now_.trouble = news.trouble ? *news.trouble : "";
  losses_.add({news.report.iteration, news.report.loss.distance, news.report.loss.objective});
}

void TrainingJob::about_to_rest(bool paused) {
  now_.state = paused ? State::paused : State::running;
  draw();
  publish();
}

void TrainingJob::between() {
  now_.stopping = granted() == 0;
  now_.state = State::running;
  if (gated_) return;
  const auto now = Clock::now();
  if (now_.stopping || now - drawn_ >= kDrawInterval) draw();
  if (now_.stopping || now - published_ >= kPublishInterval) publish();
}

Model TrainingJob::best_model() const {
  if (best_) return {best_->program, "", facts_of(notes_, plan_, *best_)};
  if (!trainer_ && last_.is_there()) return last_.read();
  if (!trainer_) fail("train.keep: there is nothing to keep yet; train for a moment first");
  TrainingResult result;
  result.program = trainer_->average();
  result.fcd_rk4 = TrainingSnapshot::kUnknown;
  result.iterations = now_.iteration;
  return {result.program, "", facts_of(notes_, plan_, result)};
}

void TrainingJob::write_best(const std::filesystem::path& file) {
  keep_model(file, best_model());
  now_.kept = file.string();
  publish();
  note(false, fmt::format("{}: written", now_.kept));
  last_.kept();
}

void TrainingJob::draw() {
  if (trainer_ && now_.pictures_iteration != now_.iteration)
    draw(trainer_->average(), now_.iteration);
}

void TrainingJob::draw(const Program& program, std::int64_t iteration) {
  RunSettings settings = settings_of(program);
  settings.integrator = Integrator::midpoint;
  settings.steps_per_chunk = kDrawSteps;
  settings.seed = now_.setup.seed + 2000003;  // noise that neither training nor looks see
  try {
    now_.pictures = std::make_shared<const std::vector<float>>(
        generate(program, as_trained_for(now_.setup), settings, options_.pictures, *pool_));
    now_.pictures_iteration = iteration;
  } catch (const Error&) {
    // Some sample diverged: the pictures before stay; the training itself notices in time.
  }
  drawn_ = Clock::now();
}

void TrainingJob::say(std::string_view doing) {
  now_.doing = doing;
  publish();
}

void TrainingJob::publish() {
  now_.losses = losses_.points();
  published_ = Clock::now();
  Job::publish(now_);
}

}  // namespace phaseloom
