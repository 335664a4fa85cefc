// SPDX-License-Identifier: MIT
// `phaseloom train`: a network from a data set, into a model file.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "app/cli/output.hpp"
#include "app/cli/train_options.hpp"
#include "app/cli/training_files.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "app/document/training_facts.hpp"
#include "app/document/training_notes.hpp"
#include "app/jobs/training_material.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/data/picture.hpp"
#include "engine/data/png.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/alike.hpp"
#include "engine/support/digest.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;

std::string duration(double seconds) {
  const int s = static_cast<int>(seconds + 0.5);
  return s < 60 ? fmt::format("{} s", s) : fmt::format("{} min {:02} s", s / 60, s % 60);
}

/// One line on standard error: rewritten in place on a terminal, now and then otherwise.
class TrainLine {
 public:
  void show(const TrainingNews& news) {
    const auto now = std::chrono::steady_clock::now();
    if (now - shown_ < (terminal_ ? std::chrono::milliseconds(200) : std::chrono::seconds(20)))
      return;
    shown_ = now;
    std::string line =
        fmt::format("{:3.0f} %  iteration {}  {:.1f}/s  loss {:.3f}", 100 * news.progress,
                    news.report.iteration, news.iterations_per_second, news.report.loss.distance);
    if (news.last && !std::isnan(news.last->fcd_rk4))
      line += fmt::format("  FCD {:.1f}", news.last->fcd_rk4);
    if (news.rollbacks > 0) line += fmt::format("  diverged {} times", news.rollbacks);
    line += "  left " + duration(news.seconds_left);
    if (news.trouble) line += "  " + *news.trouble;
    clear();
    report("{}{}", line, terminal_ ? "" : "\n");
  }
  void clear() const {
    if (terminal_) report("\r\033[K");
  }

 private:
  bool terminal_ = isatty(STDERR_FILENO);
  std::chrono::steady_clock::time_point shown_{};
};

/// A training as it begins or goes on.
struct Training {
  TrainingNotes notes;
  TrainingPlan plan;
  std::optional<Checkpoint> checkpoint{};  ///< to go on from
};

Training new_training(const TrainOptions& options) {
  Training training{{}, options.plan};
  training.notes.setup = options.setup;
  training.notes.command = options.command_line;
  return training;
}

/// The whole length anew, if one is given.
void lengthen(Training& training, const TrainOptions& options) {
  if (!options.has_length) return;
  constexpr const char* kAnew = "the whole length is meant, not what is to be added";
  const Checkpoint& checkpoint = *training.checkpoint;
  TrainingSetup setup = training.notes.setup;
  setup.iterations = options.setup.iterations;
  if (setup.iterations == 0) setup.minutes = options.setup.minutes;
  if (setup.iterations == 0 && setup.minutes <= checkpoint.minutes)
    fail("--minutes {:g}: it has trained for {:.2f} minutes already; {}", setup.minutes,
         checkpoint.minutes, kAnew);
  if (setup.iterations > 0 && setup.iterations <= checkpoint.iterations())
    fail("--iterations {}: it has made {} already; {}", setup.iterations, checkpoint.iterations(),
         kAnew);
  follow_length(training.plan, training.notes.setup, setup);
  training.notes.setup = setup;
  std::string& command = training.notes.command;
  command += (command.empty() ? "" : "; ") + options.command_line;
}

/// As the checkpoint says, whoever wrote it; what is given replaces what it says.
Training resumed_training(const TrainOptions& options) {
  Training training;
  training.checkpoint = load_checkpoint_once(options.resume, launched_ranks());
  training.plan = training.checkpoint->plan;
  training.notes = notes_of(*training.checkpoint);
  lengthen(training, options);
  return training;
}

/// The model that the training begins with.
Model parent_of(const TrainOptions& options) {
  Model model = load_model(model_file(options.from));
  if (options.asks_for_labels && model.program.topology->labels() == 0)
    fail("--labels: {} knows no classes; they are learnt from scratch, without --from",
         options.from);
  if (options.has_temperature) model.program.temperature = options.setup.temperature;
  if (options.has_radius) {
    const Topology& own = *model.program.topology;
    const int radius = options.setup.radius;
    const PictureShape picture = model.program.picture();
    const auto wider = local_couplings(picture, own.grid().layers - picture.channels, radius,
                                       own.labels(), model.program.chunks());
    if (wider->couplings() <= own.couplings())
      fail("--radius {}: {} has {} couplings and would have {}; with --from a reach can only grow",
           radius, options.from, own.couplings(), wider->couplings());
    model.program = widened(model.program, wider);
  }
  return model;
}

/// From scratch, or from a model; what that is goes into the notes.
Program beginning_of(TrainingNotes& notes, const TrainOptions& options, const ImageSet& images) {
  if (options.from.empty()) return initial_program(notes.setup, images);
  Model parent = parent_of(options);
  take_network(notes.setup, parent.program);
  notes.from = dump_json(nlohmann::ordered_json{
      {"model", parent.name}, {"training", nlohmann::ordered_json::parse(parent.training)}});
  return std::move(parent.program);
}

/// Where it writes: as given, or as it was, or beside the model.
void settle_files(Training& training, const TrainOptions& options) {
  TrainingNotes& notes = training.notes;
  if (!options.data_dir.empty()) notes.data = options.data_dir;
  if (!options.out.empty()) notes.out = options.out;
  if (!options.grids.empty()) notes.grids = options.grids;
  check_model_file(notes.out);
  const auto beside = fs::path(notes.out).replace_extension();
  if (notes.grids.empty()) notes.grids = beside.string() + "-grids";
  if (!training.checkpoint) training.plan.checkpoint = beside.string() + ".checkpoint";
}

/// A grid of the pictures of a look, and a line about it.
/// @param by the integrator and steps of the second distance
void show_look(const CurvePoint& point, std::string_view by, std::span<const float> pictures,
               const ImageSet& images, const fs::path& grids) {
  const auto pixels = static_cast<std::size_t>(images.shape().size());
  const auto shown = std::min<std::size_t>(pictures.size() / pixels, 100) * pixels;
  try {
    write_png(grids / fmt::format("iteration-{:06}.png", point.iteration),
              tile_grid(pictures.first(shown), images.shape(), 10, {.scale = 2}));
  } catch (const Error& trouble) {  // no reason to stop
    report("{}\n", trouble.what());
  }
  print_out("{:6.1f} min  iteration {:6}  loss {:.3f}{}\n", point.minutes, point.iteration,
            point.loss,
            std::isnan(point.fcd_rk4)
                ? ""  // not measured
                : fmt::format("  FCD {:.2f} ({}: {:.2f})", point.fcd_rk4, by, point.fcd_training));
  flush_output();
}

/// Trains to the end, or until it is interrupted, and writes the model.
TrainingResult run(Training& training, const TrainOptions& options, Program initial,
                   const TrainingMaterial& material, ThreadPool& pool) {
  const TrainingNotes& notes = training.notes;
  InterruptScope interrupt;
  std::stop_source stop;
  TrainLine line;
  const auto save = [&](const TrainingResult& result) {
    save_model(notes.out,
               {result.program, notes.out.stem().string(), facts_of(notes, training.plan, result)});
  };
  const TrainSettings& settings = training.plan.settings;
  const Program& network = training.checkpoint ? training.checkpoint->program : initial;
  const std::string by = fmt::format("{}, {} steps", tableau(settings.integrator).name,
                                     look_steps(settings, network, kLookStepsTraining));
  TrainingCallbacks callbacks;
  Ranks& ranks = launched_ranks();
  callbacks.news = [&](const TrainingNews& news) {
    if (ranks.is_first()) line.show(news);
    if (interrupt.interrupted()) stop.request_stop();
  };
  if (ranks.is_first())
    callbacks.look = [&](const CurvePoint& point, std::span<const float> pictures) {
      line.clear();
      show_look(point, by, pictures, material.images(), notes.grids);
    };
  if (ranks.is_first())
    callbacks.best = [&](const TrainingResult& result) {  // a kill loses nothing that was better
      try {
        save(result);
      } catch (const Error& trouble) {  // there is a last chance at the end
        line.clear();
        report("{}\n", trouble.what());
      }
    };
  const TrainingInputs inputs{material.images(),
                              material.evaluator(),
                              material.features(),
                              pool,
                              {ranks, options.gradients}};
  TrainingResult result;
  if (training.checkpoint) {
    training.checkpoint->plan = training.plan;
    result = resume_training(std::move(*training.checkpoint), inputs, callbacks, stop.get_token());
  } else {
    result = run_training(std::move(initial), training.plan, inputs, callbacks, stop.get_token());
  }
  if (!ranks.is_first()) return result;
  save(result);
  std::error_code ignored;
  if (!result.stopped) fs::remove(training.plan.checkpoint, ignored);
  line.clear();
  return result;
}

void train(const TrainOptions& options) {
  Ranks& ranks = launched_ranks();
  // Before anything is shared; what else may differ is known later.
  check_alike(ranks, {{"does another thing", digest_of("train")},
                      {"goes on with another training", digest_of(options.resume)}});
  Training training = options.resume.empty() ? new_training(options) : resumed_training(options);
  settle_files(training, options);
  TrainingNotes& notes = training.notes;
  std::vector<fs::path> written;
  if (ranks.is_first()) written = {notes.out, training.plan.checkpoint};
  const auto locks =
      lock_files(written, notes.command.empty() ? options.command_line : notes.command);
  const auto source = [&](const std::string& name, Split split) {
    return load_image_set(name, split,
                          notes.data.empty() ? std::nullopt : std::optional(notes.data));
  };
  TrainingMaterial material;
  const std::string dataset = notes.setup.dataset_name();
  const ImageSet& images = material.read(dataset, source);
  check_alike(ranks, {{"has other pictures", digest_of(images.pixels)},
                      {"has another loss", digest_of(name_of(training.plan.settings.loss))}});
  Program initial;
  if (!training.checkpoint) {
    initial = beginning_of(notes, options, images);
    training.plan.settings.integrator = notes.setup.integrator();
  }
  std::error_code error;
  if (ranks.is_first()) fs::create_directories(notes.grids, error);
  if (error)
    fail("{}: cannot make this folder for sample grids: {}", notes.grids.string(), error.message());
  training.plan.notes = print_notes(notes);

  ThreadPool pool(options.setup.threads);
  material.fetch(dataset, training.plan.settings.loss, source, pool, {}, {}, ranks);
  if (!material.why_not().empty())
    report("quality will not be measured, the last state is kept: {}\n", material.why_not());
  const TrainingResult result = run(training, options, std::move(initial), material, pool);
  if (!ranks.is_first()) return;
  const auto& last = result.curve.back();
  print_out("{}: {} after {}, {}; sample grids in {}\n", legible(notes.out.string()),
            result.stopped ? "stopped, best so far kept" : "trained",
            counted(last.iteration, "iteration"), duration(60 * last.minutes),
            legible(notes.grids.string()));
  if (!result.reason.empty()) print_out("it ended early: {}\n", result.reason);
  if (result.stopped && result.reason.empty())
    print_out("go on with: phaseloom train --resume {}\n",
              legible(training.plan.checkpoint.string()));
}

}  // namespace

void add_train(CLI::App& app) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* command = app.add_subcommand("train", "Train a network on a set of pictures");
  add_train_options(*command, *options);
  command->callback([options, command] {
    complete(*options, *command);
    train(*options);
  });
}

}  // namespace phaseloom
