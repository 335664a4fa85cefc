#include "engine/learning/training_run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "engine/dynamics/simulator.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr int kPicturesWithoutEvaluator = 64;
constexpr int kTruthSteps = 8;
constexpr int kCoarseSteps = 3;
/// A good moment is remembered this often, and so many iterations without a divergence end a row.
constexpr int kGoodEvery = 100;
constexpr int kMaxRow = 3;

class TrainingLoop {
 public:
  TrainingLoop(Program initial, const TrainingPlan& plan, const TrainingInputs& inputs,
               const TrainingCallbacks& callbacks)
      : plan_(plan),
        inputs_(inputs),
        callbacks_(callbacks),
        initial_(std::move(initial)),
        trainer_(initial_, inputs.images, plan.settings, inputs.features, inputs.pool) {}

  void continue_from(Checkpoint& checkpoint) {
    StateReader reader(checkpoint.state);
    trainer_.visit_state(reader);
    result_ = std::move(checkpoint.result);
    before_ = checkpoint.minutes;
  }

  TrainingResult go(std::stop_token stop) {
    remember();
    double next_look = minutes() + plan_.evaluate_every;
    double next_checkpoint = minutes() + plan_.checkpoint_every;
    while (progress() < 1) {
      wait();
      if (stop.stop_requested()) {
        result_.stopped = true;
        break;
      }
      if (!iterate()) break;
      const bool due = plan_.evaluate_iterations > 0
                           ? trainer_.iterations() % plan_.evaluate_iterations == 0
                           : minutes() >= next_look;
      if (due) {
        look();
        next_look = minutes() + plan_.evaluate_every;
        if (plateau()) break;
      }
      if (minutes() >= next_checkpoint) {
        checkpoint();
        next_checkpoint = minutes() + plan_.checkpoint_every;
      }
    }
    // Asked to stop, it is ready to go on; the last look is not waited for if there is one already.
    if (result_.stopped && result_.reason.empty()) checkpoint();
    if (result_.reason.empty() && (since_look_ > 0 || result_.curve.empty()) &&
        !(result_.stopped && !result_.curve.empty() && inputs_.evaluator))
      look();
    if (!result_.stopped && !plan_.checkpoint.empty()) {
      std::error_code ignored;
      std::filesystem::remove(plan_.checkpoint, ignored);
    }
    return std::move(result_);
  }

 private:
  using Clock = std::chrono::steady_clock;

  double minutes() const {
    return before_ + std::chrono::duration<double>(Clock::now() - start_).count() / 60;
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

  /// False when it must not go on.
  bool iterate() {
    try {
      const TrainReport report = trainer_.iterate(progress());
      loss_ += report.loss.distance;
      ++since_look_;
      ++run_;
      if (++since_good_ >= kGoodEvery) remember();
      tell(report);
      return true;
    } catch (const Error& error) {
      return roll_back(error.what());
    }
  }

  /// Keeps the state of this moment in memory to go back to, unless it is spoilt already.
  void remember() {
    TensorFile state;
    StateWriter writer(state);
    trainer_.visit_state(writer);
    for (const Tensor& tensor : state.tensors)
      if (tensor.dtype == DType::f32 &&
          !std::ranges::all_of(tensor.f32(), [](float v) { return std::isfinite(v); }))
        return;
    good_ = std::move(state);
    since_good_ = 0;
    if (since_rollback_ += kGoodEvery; since_rollback_ > 5 * kGoodEvery) row_ = 0;
  }

  bool roll_back(const std::string& why) {
    ++rollbacks_;
    since_rollback_ = 0;
    if (++row_ >= kMaxRow) {
      if (result_.curve.empty()) fail("{} ({} times in a row)", why, row_);
      result_.stopped = true;
      result_.reason = fmt::format("{} ({} times in a row)", why, row_);
      return false;
    }
    StateReader reader(good_);
    trainer_.visit_state(reader);
    trainer_.slow_down(0.5f);
    since_good_ = 0;
    return true;
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
    if (began_at_ < 0) began_at_ = news.progress;
    news.seconds_left = began_at_ >= 0 && gained > 0 ? seconds * (1 - news.progress) / gained : 0;
    callbacks_.news(news);
  }

  double distance(const Program& program, RunSettings settings, std::vector<float>& pictures) {
    // Noise that the training never sees: another seed.
    settings.seed = plan_.settings.seed + 1000003;
    // Judged as it will be used: on the hardware that it was trained for, on one device.
    const Hardware hardware = plan_.settings.hardware.bits ? quantised() : Hardware{};
    if (!inputs_.evaluator) {
      pictures = generate(program, hardware, settings, kPicturesWithoutEvaluator, inputs_.pool);
      return std::numeric_limits<double>::quiet_NaN();
    }
    pictures = generate_in_shares(program, hardware, settings, inputs_.evaluator->shares(),
                                  plan_.evaluate_samples, inputs_.pool)
                   .pictures;
    return inputs_.evaluator->evaluate(pictures, inputs_.pool).distance;
  }
  /// Weight noise per sample costs ten times the run and hardly moves the distance.
  Hardware quantised() const {
    Hardware hardware;
    hardware.bits = plan_.settings.hardware.bits;
    hardware.grid = plan_.settings.hardware.grid;
    return hardware;
  }

  void look() {
    const Program program = trainer_.average();
    CurvePoint point{minutes(), trainer_.iterations(), loss_ / std::max(1, since_look_), 0, 0};
    std::vector<float> pictures;
    RunSettings settings;
    settings.integrator = plan_.settings.integrator;
    settings.steps_per_chunk = kCoarseSteps;
    point.coarse = distance(program, settings, pictures);
    settings.integrator = Integrator::rk4;
    settings.steps_per_chunk = kTruthSteps;
    point.truth = distance(program, settings, pictures);
    loss_ = 0;
    since_look_ = 0;
    result_.curve.push_back(point);
    if (callbacks_.look) callbacks_.look(point, pictures);
    // Without an evaluator, and once the density is what it shall be, the last one is the best.
    const bool final_density =
        plan_.settings.hardware.density == 1 || progress() >= plan_.settings.prune_to;
    if (!inputs_.evaluator || result_.curve.size() == 1 || !counts_ ||
        point.truth < result_.truth) {
      counts_ = final_density;
      result_.program = program;
      result_.truth = point.truth;
      result_.iterations = trainer_.iterations();
      result_.minutes = minutes();
      if (callbacks_.best) callbacks_.best(result_);
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
    if (plan_.checkpoint.empty()) return;
    Checkpoint now{plan_, initial_, {}, result_, minutes()};
    StateWriter writer(now.state);
    trainer_.visit_state(writer);
    try {
      save_checkpoint(plan_.checkpoint, now);
      trouble_.clear();
    } catch (const Error& error) {
      trouble_ = error.what();
    }
  }

  const TrainingPlan& plan_;
  const TrainingInputs& inputs_;
  const TrainingCallbacks& callbacks_;
  Clock::time_point start_ = Clock::now();
  double before_ = 0;  ///< minutes, of the part before a checkpoint
  double began_at_ = -1;
  Program initial_;
  Trainer trainer_;
  TrainingResult result_;
  TensorFile good_;
  double loss_ = 0;
  int since_look_ = 0, since_good_ = 0, since_rollback_ = 0, rollbacks_ = 0, row_ = 0;
  std::int64_t run_ = 0;  ///< iterations of this process
  bool counts_ = false;   ///< the best one has its final density
  std::string trouble_;
};

void check(const TrainingPlan& plan) {
  if (plan.iterations <= 0 && !(plan.minutes > 0))
    fail("training: neither iterations nor minutes are given; one of them must be greater than 0");
}

}  // namespace

TrainingResult run_training(Program initial, const TrainingPlan& plan, const TrainingInputs& inputs,
                            const TrainingCallbacks& callbacks, std::stop_token stop) {
  check(plan);
  return TrainingLoop(std::move(initial), plan, inputs, callbacks).go(stop);
}

TrainingResult resume_training(Checkpoint checkpoint, const TrainingInputs& inputs,
                               const TrainingCallbacks& callbacks, std::stop_token stop) {
  check(checkpoint.plan);
  const TrainingPlan plan = checkpoint.plan;
  TrainingLoop loop(checkpoint.program, plan, inputs, callbacks);
  loop.continue_from(checkpoint);
  return loop.go(stop);
}

}  // namespace phaseloom
