// SPDX-License-Identifier: MIT
// What the job's own thread does: it trains, draws, keeps, and says so.

#include <fmt/format.h>

#include <new>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/document/training_facts.hpp"
#include "app/jobs/training_job.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/dynamics/simulator.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/support/error.hpp"
#include "engine/support/priority.hpp"

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
  Hardware hardware;
  hardware.bits = setup.bits;
  hardware.grid = setup.grid;
  return hardware;
}

}  // namespace

void TrainingJob::loop() {
  if (!gated_) lower_thread_priority();  // a script waits for it
  std::unique_lock lock(mutex_);
  while (!quit_) {
    if (!to_keep_.empty()) {
      keep_next(lock);
    } else if (std::exchange(look_wanted_, false)) {
      lock.unlock();
      look_for_checkpoint();
      look_for_last();
      publish();
      lock.lock();
    } else if (wanted_) {
      const Order order = *std::exchange(wanted_, std::nullopt);
      lock.unlock();
      train(order);
      lock.lock();
      busy_ = ending_ = false;
    } else {
      rest(lock);
    }
  }
}

void TrainingJob::look_for_checkpoint() {
  now_.can_go_on = false;
  std::error_code ignored;
  if (options_.checkpoint.empty() || !std::filesystem::exists(options_.checkpoint, ignored)) return;
  try {
    const Checkpoint checkpoint = load_checkpoint(options_.checkpoint);
    now_.unfinished = setup_from_notes(checkpoint.plan.notes, options_.checkpoint.string());
    now_.unfinished_minutes = checkpoint.minutes;
    now_.can_go_on = true;
  } catch (const std::exception& error) {
    note_problem(fmt::format("cannot go on with the last training: {}", error.what()));
  }
}

void TrainingJob::look_for_last() {
  if (!last_.is_there()) return;
  try {
    now_.setup = setup_of(last_.read());
    now_.has_best = true;
  } catch (const std::exception& error) {
    note_problem(fmt::format("cannot offer the network of the last training: {}", error.what()));
  }
}

void TrainingJob::note_problem(std::string problem) {
  if (problem.empty()) return;
  const std::lock_guard lock(mutex_);
  problems_.push_back(std::move(problem));
}

void TrainingJob::train(const Order& order) {
  const auto serial = now_.serial;
  now_ = {};
  now_.serial = serial;
  now_.setup = order.setup;
  now_.state = State::loading;
  losses_.clear();
  best_.reset();
  if (!order.go_on) note_problem(last_.set_aside());
  stopped_ = order.stop;
  const auto failed = [&](std::string_view reason) {
    now_.state = State::failed;
    now_.reason = reason;
  };
  try {
    best_ = run(order);
    now_.state = State::finished;
    if (!best_->stopped) now_.progress = 1;  // the clock may have run out within an iteration
    now_.reason = best_->curve.empty()          ? "stopped before it began"
                  : !best_->reason.empty()      ? best_->reason
                  : order.stop.stop_requested() ? "stopped"
                                                : "";
    if (best_->curve.empty()) {
      best_.reset();
    } else {
      last_.write(best_model());
      std::error_code ignored;
      if (!best_->stopped) std::filesystem::remove(options_.checkpoint, ignored);
      draw(best_->program, best_->iterations);
    }
  } catch (const std::bad_alloc&) {
    failed("not enough memory for this network; take fewer layers or chunks, or a smaller radius");
  } catch (const std::exception& error) {
    failed(error.what());
  }
  trainer_ = nullptr;
  now_.stopping = false;
  now_.doing.clear();
  now_.has_best = best_.has_value();
  now_.iterations_per_second = now_.seconds_left = 0;
  look_for_checkpoint();
  publish();
}

TrainingResult TrainingJob::run(const Order& order) {
  const TrainingSetup& setup = order.setup;
  const std::string dataset = setup.dataset_name();
  pool_ = std::make_unique<ThreadPool>(setup.threads);
  if (!material_.fetch(
          dataset, setup.loss, options_, *pool_, [&](std::string_view doing) { say(doing); },
          [&] { return order.stop.stop_requested(); }))
    return {};
  const ImageSet& images = material_.images();
  now_.note = material_.why_not();

  TrainingPlan plan = plan_of(setup);
  if (!options_.checkpoint.empty()) {
    std::error_code ignored;  // writing says what is wrong
    std::filesystem::create_directories(options_.checkpoint.parent_path(), ignored);
    plan.checkpoint = options_.checkpoint;
    plan.checkpoint_every = 1;
    plan.notes = dump_json(nlohmann::ordered_json{{"setup", to_json(setup)}});
  }
  now_.batch = plan.settings.batch;
  now_.width = images.width;
  now_.height = images.height;
  if (material_.evaluator()) now_.floor = material_.evaluator()->floor();
  now_.state = State::running;
  now_.doing.clear();

  TrainingCallbacks callbacks;
  callbacks.between = [this] { between(); };
  callbacks.news = [this](const TrainingNews& news) { take_note(news); };
  callbacks.look = [this](const CurvePoint& point, std::span<const float>) {
    now_.curve.push_back({point.iteration, point.truth, point.coarse});
  };
  callbacks.ending = [this] {
    {
      const std::lock_guard lock(mutex_);
      ending_ = true;
    }
    now_.stopping = true;
    if (!gated_) publish();
  };
  callbacks.best = [this](const TrainingResult& result) {
    best_ = result;
    now_.best = result.truth;
    now_.best_iteration = result.iterations;
    try {
      last_.write(best_model());
    } catch (const std::exception&) {
      // There is another chance at the end, which tells.
    }
    if (!gated_) publish();
  };
  const TrainingInputs inputs{images, material_.evaluator(), material_.features(), *pool_};
  if (!order.go_on)
    return run_training(initial_program(setup, images), plan, inputs, callbacks, order.stop);

  Checkpoint checkpoint = load_checkpoint(options_.checkpoint);
  for (const CurvePoint& p : checkpoint.result.curve)
    now_.curve.push_back({p.iteration, p.truth, p.coarse});
  losses_ = checkpoint.result.losses;
  now_.iteration = checkpoint.iterations();
  now_.progress = plan.iterations > 0
                      ? static_cast<double>(now_.iteration) / static_cast<double>(plan.iterations)
                      : checkpoint.minutes / checkpoint.plan.minutes;
  if (!checkpoint.result.curve.empty()) {
    best_ = checkpoint.result;
    now_.best = best_->truth;
    now_.best_iteration = best_->iterations;
    now_.has_best = true;
  }
  return resume_training(std::move(checkpoint), inputs, callbacks, order.stop);
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

void TrainingJob::between() {
  std::unique_lock lock(mutex_);
  const auto leave = [&] { return quit_ || stopped_.stop_requested(); };
  const auto rests = [&] { return pause_ || credit_ == 0; };
  while (!leave()) {
    if (!to_keep_.empty()) {
      keep_next(lock);
      continue;
    }
    if (credit_ == 0 && !gated_) {  // an advance has come to its end
      pause_ = true;
      credit_ = -1;
    }
    if (!rests()) break;
    now_.state = pause_ ? State::paused : State::running;
    lock.unlock();
    draw();
    publish();
    lock.lock();
    if (quit_ || stopped_.stop_requested() || !to_keep_.empty() || !rests()) continue;
    rest(lock);
  }
  now_.stopping = leave();
  now_.state = State::running;
  if (credit_ > 0) --credit_;
  lock.unlock();
  if (gated_) return;
  const auto now = Clock::now();
  if (now_.stopping || now - drawn_ >= kDrawInterval) draw();
  if (now_.stopping || now - published_ >= kPublishInterval) publish();
}

Model TrainingJob::best_model() const {
  if (best_) return {best_->program, "", facts_of(now_.setup, *best_)};
  if (!trainer_ && last_.is_there()) return last_.read();
  if (!trainer_) fail("train.keep: there is nothing to keep yet; train for a moment first");
  TrainingResult result;
  result.program = trainer_->average();
  result.truth = TrainingSnapshot::kUnknown;
  result.iterations = now_.iteration;
  return {result.program, "", facts_of(now_.setup, result)};
}

void TrainingJob::keep_next(std::unique_lock<std::mutex>& lock) {
  const auto file = std::move(to_keep_.front());
  to_keep_.pop_front();
  lock.unlock();
  write_best(file);
  lock.lock();
}

void TrainingJob::write_best(const std::filesystem::path& file) {
  std::string problem;
  try {
    Model model = best_model();
    model.name = file.stem().string();
    std::error_code ignored;  // writing says what is wrong
    if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
    save_model(file, model);
    now_.kept = file.string();
    last_.kept();
  } catch (const std::exception& error) {
    problem = error.what();
  }
  publish();
  note_problem(std::move(problem));
}

void TrainingJob::draw() {
  if (trainer_ && now_.pictures_iteration != now_.iteration)
    draw(trainer_->average(), now_.iteration);
}

void TrainingJob::draw(const Program& program, std::int64_t iteration) {
  RunSettings settings;
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
  ++now_.serial;
  now_.losses = losses_.points();
  auto next = std::make_shared<const TrainingSnapshot>(now_);
  published_ = Clock::now();
  const std::lock_guard lock(mutex_);
  latest_.swap(next);
}

}  // namespace phaseloom
