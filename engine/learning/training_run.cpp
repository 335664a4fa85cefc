#include "engine/learning/training_run.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "engine/dynamics/simulator.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr int kPicturesWithoutEvaluator = 64;
constexpr int kTruthSteps = 8;
constexpr int kCoarseSteps = 3;

class TrainingLoop {
 public:
  TrainingLoop(Program initial, const ImageSet& images, const TrainingPlan& plan,
      const FrechetEvaluator* evaluator, ThreadPool& pool, const TrainingCallbacks& callbacks)
      : plan_(plan),
        evaluator_(evaluator),
        pool_(pool),
        callbacks_(callbacks),
        trainer_(std::move(initial), images, plan.settings, pool) {}

  TrainingResult go(std::stop_token stop) {
    double next_look = plan_.evaluate_every;
    double progress = 0;
    while ((progress = this->progress()) < 1) {
      if (stop.stop_requested()) {
        result_.stopped = true;
        break;
      }
      TrainReport report;
      try {
        report = trainer_.iterate(progress);
      } catch (const Error&) {
        if (result_.curve.empty()) throw;
        result_.stopped = true;
        return result_;
      }
      wasserstein_ += report.critic.wasserstein;
      ++since_look_;
      tell(report);
      if (minutes() >= next_look) {
        look();
        next_look = minutes() + plan_.evaluate_every;
      }
    }
    if (since_look_ > 0 || result_.curve.empty()) look();
    result_.iterations = trainer_.iterations();
    result_.minutes = minutes();
    return result_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  double minutes() const {
    return std::chrono::duration<double>(Clock::now() - start_).count() / 60;
  }
  double progress() const {
    return plan_.iterations > 0
               ? static_cast<double>(trainer_.iterations()) / static_cast<double>(plan_.iterations)
               : minutes() / plan_.minutes;
  }

  void tell(const TrainReport& report) {
    if (!callbacks_.news) return;
    TrainingNews news{report, progress(), 0, 0,
                      result_.curve.empty() ? nullptr : &result_.curve.back()};
    const double seconds = 60 * minutes();
    news.iterations_per_second = static_cast<double>(report.iteration) / seconds;
    news.seconds_left = news.progress > 0 ? seconds * (1 - news.progress) / news.progress : 0;
    callbacks_.news(news);
  }

  double distance(const Program& program, RunSettings settings, std::vector<float>& pictures) {
    // Noise that the training never sees: another seed.
    settings.seed = plan_.settings.seed + 1000003;
    pictures = generate(program, {}, settings,
                        evaluator_ ? plan_.evaluate_samples : kPicturesWithoutEvaluator, pool_);
    return evaluator_ ? evaluator_->evaluate(pictures, pool_).distance
                      : std::numeric_limits<double>::quiet_NaN();
  }

  void look() {
    const Program program = trainer_.average();
    CurvePoint point{minutes(), trainer_.iterations(), wasserstein_ / std::max(1, since_look_), 0,
                     0};
    std::vector<float> pictures;
    RunSettings settings;
    settings.integrator = plan_.settings.integrator;
    settings.steps_per_chunk = kCoarseSteps;
    point.coarse = distance(program, settings, pictures);
    settings.integrator = Integrator::rk4;
    settings.steps_per_chunk = kTruthSteps;
    point.truth = distance(program, settings, pictures);
    wasserstein_ = 0;
    since_look_ = 0;
    result_.curve.push_back(point);
    if (callbacks_.look) callbacks_.look(point, pictures);
    if (!evaluator_ || result_.curve.size() == 1 || point.truth < result_.truth) {
      result_.program = program;
      result_.truth = point.truth;
      result_.iterations = trainer_.iterations();
      result_.minutes = minutes();
      if (callbacks_.best) callbacks_.best(result_);
    }
  }

  const TrainingPlan& plan_;
  const FrechetEvaluator* evaluator_;
  ThreadPool& pool_;
  const TrainingCallbacks& callbacks_;
  Clock::time_point start_ = Clock::now();
  Trainer trainer_;
  TrainingResult result_;
  double wasserstein_ = 0;
  int since_look_ = 0;
};

}  // namespace

TrainingResult run_training(Program initial, const ImageSet& images, const TrainingPlan& plan,
                            const FrechetEvaluator* evaluator, ThreadPool& pool,
                            const TrainingCallbacks& callbacks, std::stop_token stop) {
  if (plan.iterations <= 0 && !(plan.minutes > 0))
    fail("training: neither iterations nor minutes are given; one of them must be greater than 0");
  return TrainingLoop(std::move(initial), images, plan, evaluator, pool, callbacks).go(stop);
}

}  // namespace phaseloom
