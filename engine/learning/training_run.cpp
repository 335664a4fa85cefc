// SPDX-License-Identifier: MIT
#include "engine/learning/training_run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/dynamics/simulator.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/learning/hardware_range.hpp"
#include "engine/support/alike.hpp"
#include "engine/support/digest.hpp"
#include "engine/support/error.hpp"
#include "engine/support/finite.hpp"
#include "engine/support/of_each.hpp"

namespace phaseloom {
namespace {

constexpr int kPicturesWithoutEvaluator = 64;
/// A good moment is remembered this often; divergences with fewer iterations than kRowEnds between
/// them are a row, and kMaxRow of those are the end.
constexpr int kGoodEvery = 100;
constexpr int kRowEnds = 500;
constexpr int kMaxRow = 3;

class TrainingLoop {
 public:
  TrainingLoop(Program initial, const TrainingPlan& plan, const TrainingInputs& inputs,
               const TrainingCallbacks& callbacks)
      : plan_(plan),
        inputs_(inputs),
        callbacks_(callbacks),
        initial_(std::move(initial)),
        trainer_(initial_, inputs.images, plan.settings, inputs.features, inputs.pool,
                 inputs.ranks) {}

  void continue_from(Checkpoint& checkpoint) {
    StateReader reader(checkpoint.state);
    trainer_.visit_state(reader);
    for (; slowed_ < checkpoint.slowed; ++slowed_) trainer_.slow_down();
    result_ = std::move(checkpoint.result);
    before_ = checkpoint.minutes;
  }

  TrainingResult go(std::stop_token stop) {
    start_ = Clock::now();
    agree(stop);
    began_at_ = progress();
    remember();
    double next_look = minutes() + plan_.evaluate_every;
    double next_checkpoint = minutes() + plan_.checkpoint_every;
    while (progress() < 1) {
      wait();
      if (agree(stop)) {
        result_.stopped = true;
        break;
      }
      // After a step back there is nothing new to look at.
      if (!attempt([&] { iterate(); })) {
        if (result_.stopped) break;
        continue;
      }
      agree(stop);
      const bool due = plan_.evaluate_iterations > 0
                           ? trainer_.iterations() % plan_.evaluate_iterations == 0
                           : minutes() >= next_look;
      if (due) {
        if (!attempt([&] { look(); }) && result_.stopped) break;
        agree(stop);
        next_look = minutes() + plan_.evaluate_every;
        if (plateau()) break;
      }
      if (minutes() >= next_checkpoint) {
        checkpoint();
        agree(stop);
        next_checkpoint = minutes() + plan_.checkpoint_every;
      }
    }
    if (callbacks_.ending) callbacks_.ending();
    // Asked to stop, it is ready to go on; the last look is not waited for if there is one already.
    if (result_.stopped && result_.reason.empty()) checkpoint();
    if (result_.reason.empty() && (since_look_ > 0 || result_.curve.empty()) &&
        !(result_.stopped && !result_.curve.empty() && inputs_.evaluator))
      last_look();
    return std::move(result_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  double minutes() const { return agreed_.minutes; }
  /// What ranks may see differently, at a moment that all of them come to: the time, by the first
  /// one's clock, and whether one of them shall stop. Between two such moments time stands still.
  bool agree(const std::stop_token& stop) {
    const double since = std::chrono::duration<double>(Clock::now() - start_).count() / 60;
    const auto all = of_each(inputs_.ranks.ranks, Agreed{before_ + since, stop.stop_requested()});
    agreed_ = all.front();
    for (const Agreed& each : all) agreed_.stop |= each.stop;
    return agreed_.stop;
  }
  double progress() const {
    return plan_.iterations > 0
               ? static_cast<double>(trainer_.iterations()) / static_cast<double>(plan_.iterations)
               : minutes() / plan_.minutes;
  }

  void wait() {
    if (!callbacks_.between) return;
    const auto began = Clock::now();
    callbacks_.between();
    start_ += Clock::now() - began;
  }

  /// False when it diverged and went back, or, if result_.stopped, must not go on.
  template <class Step>
  bool attempt(Step step) {
    try {
      step();
      return true;
    } catch (const Error& error) {
      roll_back(error.what());
      return false;
    }
  }

  void iterate() {
    const TrainReport report = trainer_.iterate(progress());
    loss_ += report.loss.distance;
    result_.losses.add({report.iteration, report.loss.distance, report.loss.objective});
    ++since_look_;
    ++run_;
    if (++since_rollback_ >= kRowEnds) row_ = 0;
    if (++since_good_ >= kGoodEvery) remember();
    tell(report);
  }

  /// Nothing if the state is spoilt already.
  std::optional<TensorFile> sound_state() {
    TensorFile state;
    StateWriter writer(state);
    trainer_.visit_state(writer);
    for (const Tensor& tensor : state.tensors)
      if (tensor.dtype == DType::f32 && !all_finite(tensor.f32())) return std::nullopt;
    return state;
  }

  /// Keeps the state of this moment in memory to go back to.
  void remember() {
    if (auto state = sound_state()) good_ = std::move(*state);
    since_good_ = 0;
  }

  void roll_back(const std::string& why) {
    ++rollbacks_;
    since_rollback_ = 0;
    if (++row_ >= kMaxRow) {
      result_.reason = fmt::format("{} ({} times in a row)", why, row_);
      if (result_.curve.empty()) fail("{}", result_.reason);
      result_.stopped = true;
      return;
    }
    StateReader reader(good_);
    trainer_.visit_state(reader);
    trainer_.slow_down();
    ++slowed_;
    since_good_ = 0;
    loss_ = 0;
    since_look_ = 0;
  }

  void tell(const TrainReport& report) {
    if (!callbacks_.news) return;
    TrainingNews news{report,
                      progress(),
                      0,
                      0,
                      result_.curve.empty() ? nullptr : &result_.curve.back(),
                      rollbacks_,
                      trouble_.empty() ? nullptr : &trouble_,
                      &trainer_};
    const double seconds = 60 * (minutes() - before_);
    news.iterations_per_second = static_cast<double>(run_) / seconds;
    const double gained = news.progress - began_at_;
    news.seconds_left = gained > 0 ? seconds * (1 - news.progress) / gained : 0;
    callbacks_.news(news);
  }

  double distance(const Program& program, RunSettings settings, std::vector<float>& pictures) {
    // Noise that the training never sees: another seed.
    settings.seed = plan_.settings.seed + 1000003;
    const auto all = judged();
    if (!inputs_.evaluator) {
      pictures = generate(program, all.front(), settings, kPicturesWithoutEvaluator, inputs_.pool);
      return std::numeric_limits<double>::quiet_NaN();
    }
    double product = 1;
    for (const Hardware& hardware : all) {
      const auto make = [&](const RunSettings& run, int some, const std::function<bool(int)>& now) {
        return generate(program, hardware, run, some, inputs_.pool, now);
      };
      const int n = plan_.evaluate_samples;
      const auto source = [&](ItemRange part) {
        auto made = generate_in_shares(*program.topology, make, settings,
                                       inputs_.evaluator->shares(), n, part);
        pictures = made.pictures;
        return std::move(made.pictures);
      };
      product *= inputs_.evaluator->evaluate({n, n, source}, inputs_.pool).distance;
    }
    return std::pow(product, 1 / static_cast<double>(all.size()));
  }
  /// The hardware that it was trained for, without its errors: those of single samples cost ten
  /// times the run and hardly move the distance. Of a range the geometric mean over some of it (*).
  std::vector<Hardware> judged() const {
    const Hardware& trained = plan_.settings.hardware;
    if (plan_.settings.range) return judged_by(*plan_.settings.range, trained);
    Hardware hardware = trained.idealised();
    hardware.bits = trained.bits;
    return {hardware};
  }

  void look() {
    const Program program = trainer_.average();
    CurvePoint point{minutes(), trainer_.iterations(), loss_ / std::max(1, since_look_), 0, 0};
    std::vector<float> pictures;
    RunSettings settings = settings_of(program);
    settings.integrator = plan_.settings.integrator;
    settings.steps_per_chunk = look_steps(plan_.settings, program, kLookStepsTraining);
    point.fcd_training = distance(program, settings, pictures);
    settings.integrator = Integrator::rk4;
    settings.steps_per_chunk = look_steps(plan_.settings, program, kLookStepsRk4);
    point.fcd_rk4 = distance(program, settings, pictures);
    loss_ = 0;
    since_look_ = 0;
    result_.curve.push_back(point);
    if (callbacks_.look) callbacks_.look(point, pictures);
    // Without an evaluator, and once the density is what it shall be, the last one is the best.
    const bool final_density =
        plan_.settings.hardware.density == 1 || progress() >= plan_.settings.prune_to;
    if (!inputs_.evaluator || result_.curve.size() == 1 || !result_.counts ||
        point.fcd_rk4 < result_.fcd_rk4) {
      result_.counts = final_density;
      result_.program = program;
      result_.fcd_rk4 = point.fcd_rk4;
      result_.iterations = trainer_.iterations();
      result_.minutes = minutes();
      if (callbacks_.best) callbacks_.best(result_);
    }
  }

  /// Of a network that has nothing to show otherwise, or may be the best; it cannot be tried again.
  void last_look() {
    try {
      look();
    } catch (const Error& error) {
      if (result_.curve.empty()) throw;
      result_.stopped = true;
      result_.reason = error.what();
    }
  }

  bool plateau() {
    if (plan_.patience <= 0 || !inputs_.evaluator || minutes() - result_.minutes < plan_.patience)
      return false;
    result_.stopped = true;
    result_.reason = fmt::format("no better for {:.3g} minutes", plan_.patience);
    return true;
  }

  void checkpoint() {
    if (plan_.checkpoint.empty() || !inputs_.ranks.ranks.is_first()) return;
    auto state = sound_state();
    if (!state) return;  // the one before is better; the next iteration notices
    try {
      save_checkpoint(plan_.checkpoint,
                      {plan_, initial_, std::move(*state), result_, minutes(), slowed_});
      trouble_.clear();
    } catch (const Error& error) {
      trouble_ = error.what();
    }
  }

  const TrainingPlan& plan_;
  const TrainingInputs& inputs_;
  const TrainingCallbacks& callbacks_;
  struct Agreed {
    double minutes = 0;
    bool stop = false;
  };
  Agreed agreed_;
  Clock::time_point start_;  ///< of this process's part; pauses are taken out
  double before_ = 0;        ///< minutes, of the part before a checkpoint
  double began_at_ = 0;      ///< progress of this process's beginning
  Program initial_;
  Trainer trainer_;
  TrainingResult result_;
  TensorFile good_;
  double loss_ = 0;
  int since_look_ = 0, since_good_ = 0, since_rollback_ = 0, rollbacks_ = 0, row_ = 0;
  std::int64_t run_ = 0;  ///< iterations of this process
  int slowed_ = 0;        ///< how often the rates were halved
  std::string trouble_;
};

void check(const TrainingPlan& plan) {
  if (plan.iterations <= 0 && !(plan.minutes > 0))
    fail("training: neither iterations nor minutes are given; one of them must be greater than 0");
}

/// All of a plan that ranks steer by.
std::string steered_by(const TrainingPlan& plan, GradientFormat gradients) {
  return nlohmann::json{to_json(plan.settings), plan.iterations,          plan.minutes,
                        plan.evaluate_every,    plan.evaluate_iterations, plan.evaluate_samples,
                        plan.patience,          plan.checkpoint_every,    name_of(gradients)}
      .dump();
}

void check_ranks(const Program& network, const TrainingPlan& plan, const TrainingInputs& inputs) {
  check_alike(
      inputs.ranks.ranks,
      {{"has other pictures", digest_of(inputs.images.pixels) + digest_of(inputs.images.labels)},
       {"begins with another network", digest_of(network.values)},
       {"has other settings", digest_of(steered_by(plan, inputs.ranks.gradients))},
       {"measures quality otherwise", std::uint64_t{inputs.evaluator != nullptr}}});
}

}  // namespace

int look_steps(const TrainSettings& settings, const Program& program, int fewest) {
  return steps_through(settings, std::ranges::max(program.durations), fewest);
}

TrainingResult run_training(Program initial, const TrainingPlan& plan, const TrainingInputs& inputs,
                            const TrainingCallbacks& callbacks, std::stop_token stop) {
  check(plan);
  check_ranks(initial, plan, inputs);
  return TrainingLoop(std::move(initial), plan, inputs, callbacks).go(stop);
}

TrainingResult resume_training(Checkpoint checkpoint, const TrainingInputs& inputs,
                               const TrainingCallbacks& callbacks, std::stop_token stop) {
  check(checkpoint.plan);
  check_ranks(checkpoint.program, checkpoint.plan, inputs);
  const TrainingPlan plan = checkpoint.plan;
  TrainingLoop loop(checkpoint.program, plan, inputs, callbacks);
  loop.continue_from(checkpoint);
  return loop.go(stop);
}

}  // namespace phaseloom
