// SPDX-License-Identifier: MIT
#include "app/jobs/sweep_cell.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "app/document/trained_on.hpp"
#include "app/document/training_facts.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/isa.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kCheckpoint = "training.checkpoint";
/// Of a cell that is trained on, in progress: measuring is short beside it.
constexpr double kTrainingShare = 0.95;

/// The work on one cell.
class CellWork {
 public:
  CellWork(const SweepFolder& sweep, const JobClaim& claim, const SweepMaterial& material,
           ThreadPool& pool, const std::function<void(double)>& tell, std::stop_token stop)
      : sweep_(sweep),
        claim_(claim),
        cell_(sweep.cell_of_job(claim.job())),
        parent_(sweep.model(cell_.model)),
        set_(material.of(cell_.model)),
        pool_(pool),
        tell_(tell),
        row_(row_of(cell_)) {
    if (stop.stop_requested()) stop_.request_stop();
    outer_ = std::move(stop);
  }

  std::optional<SweepRow> run() {
    const auto began = Clock::now();
    row_.network = sweep_.network_path(cell_);
    row_.instruction_set = isa_name(active_isa());
    const Program* program = &parent_.program;
    Program trained;
    try {
      if (cell_.kind == SweepKind::trained) {
        trained = train();
        if (ended()) return std::nullopt;
        program = &trained;
      }
      price(*program);
      measure(*program);
    } catch (const Error& error) {
      row_.problem = error.what();
      row_.samples = 0;
      row_.relative = row_.distance = row_.class_entropy = SweepRow::kUnknown;
    }
    // An error may be of a folder that is another's by now.
    if (ended()) return std::nullopt;
    if (cell_.kind == SweepKind::trained) {
      if (row_.failed())
        row_.network = sweep_.network_path({cell_.model, {}, 1, SweepKind::as_is, {}});
      else
        keep(trained);
      std::error_code ignored;
      fs::remove(claim_.folder() / kCheckpoint, ignored);
    }
    row_.seconds = std::chrono::duration<double>(Clock::now() - began).count();
    return row_;
  }

 private:
  bool ended() {
    if (outer_.stop_requested() || claim_.lost()) stop_.request_stop();
    return stop_.stop_requested();
  }
  /// Now and then: so far it is, if it shall go on.
  void progress(double fraction) {
    if (tell_) tell_(fraction);
    const auto now = Clock::now();
    constexpr auto kLookEvery = std::chrono::seconds(1);  // at a folder that may be far away
    if (outer_.stop_requested()) stop_.request_stop();
    if (now - looked_ < kLookEvery) return;
    looked_ = now;
    ended();
  }

  // --- training on ---

  TrainingSetup setup() const {
    TrainingSetup setup;
    setup.dataset = named<Dataset>(set_.meter->dataset());
    setup.bits = cell_.hardware.bits;
    setup.grid = cell_.hardware.grid;
    setup.gain = cell_.hardware.gain;
    setup.density = cell_.hardware.density;
    setup.weight_noise = cell_.hardware.weight_noise;
    setup.mismatch = cell_.hardware.mismatch;
    const SweepTraining& length = sweep_.plan().train;
    setup.iterations = length.iterations;
    if (length.iterations == 0) setup.minutes = length.minutes;
    setup.seed = cell_.seed;
    take_network(setup, parent_.program);
    return setup;
  }

  /// As `phaseloom train --from MODEL` plans it.
  TrainingPlan plan_for(const TrainingNotes& notes) const {
    TrainingPlan plan;
    plan.settings = settings_from_trained();
    plan.evaluate_samples = kCommandLookSamples;
    plan.checkpoint = claim_.folder() / kCheckpoint;
    plan.notes = print_notes(notes);
    return plan_of(notes.setup, std::move(plan));
  }

  /// Of the latest of those who had the job before and left one that is sound.
  std::optional<Checkpoint> checkpoint_left() const {
    for (const fs::path& folder : claim_.earlier()) {
      std::error_code ignored;
      if (!fs::exists(folder / kCheckpoint, ignored)) continue;
      try {
        return load_checkpoint(folder / kCheckpoint);
      } catch (const Error&) {
        // An older one may do, or it begins anew.
      }
    }
    return std::nullopt;
  }

  Program train() {
    notes_.setup = setup();
    notes_.made_in = "a sweep";
    notes_.from = dump_json(nlohmann::ordered_json{
        {"model", parent_.name}, {"training", nlohmann::ordered_json::parse(parent_.training)}});
    plan_ = plan_for(notes_);
    TrainingCallbacks callbacks;
    bool going = false;
    callbacks.news = [&](const TrainingNews& news) {
      going = true;
      progress(kTrainingShare * news.progress);
    };
    const TrainingInputs inputs{set_.train, &set_.meter->evaluator(), set_.features.get(), pool_};
    const auto anew = [&] {
      return run_training(parent_.program, plan_, inputs, callbacks, stop_.get_token());
    };
    auto checkpoint = checkpoint_left();
    if (!checkpoint) {
      result_ = anew();
    } else {
      checkpoint->plan = plan_;
      try {
        result_ = resume_training(std::move(*checkpoint), inputs, callbacks, stop_.get_token());
      } catch (const Error&) {
        if (going) throw;
        result_ = anew();  // it was no checkpoint of this training after all
      }
    }
    if (!result_.reason.empty()) fail("training on: {}", result_.reason);
    row_.iterations = result_.iterations;
    row_.train_minutes = result_.curve.empty() ? 0 : result_.curve.back().minutes;
    return result_.program;
  }

  /// For the result: what can be put on a wall, or trained further.
  void keep(const Program& program) const {
    save_model(claim_.folder() / SweepFolder::kTrainedFile,
               {program, cell_.name(), facts_of(notes_, plan_, result_)});
  }

  // --- measuring ---

  void price(const Program& program) {
    const SweepPlan& plan = sweep_.plan();
    const CostNetwork network = as_built(cost_network(program), cell_.hardware);
    CostChoice choice = plan.cost;
    for (std::size_t i = 0; i < row_.energy.size(); ++i) {
      choice.hold = static_cast<ChunkHold>(i);
      row_.energy[i] = cost_of(network, cell_.hardware.bits, choice, plan.constants).energy.total();
    }
    const Cost cost = cost_of(network, cell_.hardware.bits, plan.cost, plan.constants);
    if (!std::ranges::all_of(row_.energy, [](double e) { return std::isfinite(e); }) ||
        !std::isfinite(cost.area)) {
      row_.energy = {};
      fail("it has no price: the constants of the cost lead to no finite number");
    }
    row_.area = cost.area;
    row_.couplings = cost.couplings;
    row_.wires = network.couplings;
  }

  void measure(const Program& program) {
    RunSettings settings = settings_of(program);
    settings.seed = cell_.seed;
    const double before = cell_.kind == SweepKind::trained ? kTrainingShare : 0;
    const auto measured = set_.meter->measure(
        program, cell_.hardware, settings, sweep_.plan().samples, 0, pool_,
        [&](double fraction) { progress(before + (1 - before) * fraction); }, stop_.get_token());
    if (!measured) return;
    row_.samples = measured->score.samples;
    row_.distance = measured->score.distance;
    row_.class_entropy = measured->score.class_entropy;
    row_.relative = measured->relative.value_or(SweepRow::kUnknown);
  }

  const SweepFolder& sweep_;
  const JobClaim& claim_;
  const SweepCell& cell_;
  const Model& parent_;
  const SweepMaterial::Set& set_;
  ThreadPool& pool_;
  const std::function<void(double)>& tell_;
  std::stop_token outer_;
  std::stop_source stop_;
  Clock::time_point looked_ = Clock::now();
  SweepRow row_;
  TrainingNotes notes_;
  TrainingPlan plan_;
  TrainingResult result_;
};

}  // namespace

SweepMaterial::SweepMaterial(const SweepFolder& sweep, const PictureSource& source,
                             ThreadPool& pool, const std::function<void(std::string_view)>& say,
                             const std::function<bool()>& stopped) {
  for (const std::string& name : sweep.plan().models) {
    const Model& model = sweep.model(name);
    const std::string dataset = trained_on(model);
    if (!find_named<Dataset>(dataset))
      fail("{}: does not say that it was trained on one of {}, which it would be compared with",
           name, listed(names_of<Dataset>()));
    datasets_[name] = dataset;
    if (!sets_.contains(dataset)) {
      if (say) say(fmt::format("reading {}", dataset));
      Set set;
      set.train = source(dataset, Split::train);
      const ImageSet test = source(dataset, Split::test);
      if (stopped && stopped()) return;
      set.meter = std::make_unique<QualityMeter>(dataset, set.train, test, pool);
      if (sweep.plan().train.wanted())
        set.features = features_for(kUsualLoss, dataset);
      else
        set.train = {};  // only the judge needed it
      if (stopped && stopped()) return;
      sets_.emplace(dataset, std::move(set));
    }
    const Set& set = sets_.at(dataset);
    if (model.program.picture() != set.meter->picture())
      fail("{}: shows pictures of {}; those of {} are {}", name, words(model.program.picture()),
           dataset, words(set.meter->picture()));
  }
}

std::optional<SweepRow> do_cell(const SweepFolder& sweep, const JobClaim& claim,
                                const SweepMaterial& material, ThreadPool& pool,
                                const std::function<void(double)>& tell, std::stop_token stop) {
  auto row = CellWork(sweep, claim, material, pool, tell, std::move(stop)).run();
  if (!row) return row;
  const std::string text = sweep_csv(std::span(&*row, 1));
  parse_sweep(text, claim.job());  // what could not be read would be done again for ever
  write_file_atomically(claim.folder() / SweepFolder::kResultFile, text);
  return row;
}

}  // namespace phaseloom
