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
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "app/document/training_facts.hpp"
#include "app/document/training_setup.hpp"
#include "app/jobs/quality_reference.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/data/picture.hpp"
#include "engine/data/png.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/file_lock.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

/// Quality is measured if this data set's classifier is shipped and the test pictures are here.
std::unique_ptr<QualityReference> find_yardstick(const TrainOptions& options,
                                                 const std::optional<std::filesystem::path>& data,
                                                 const ImageSet& train, ThreadPool& pool) {
  try {
    auto classifier = shipped_classifier(options.dataset);
    return std::make_unique<QualityReference>(options.dataset, std::move(classifier), train,
                                              load_image_set(options.dataset, Split::test, data),
                                              pool);
  } catch (const Error& error) {
    report("quality will not be measured, the last state is kept: {}\n", error.what());
    return nullptr;
  }
}

nlohmann::ordered_json facts(const TrainOptions& options, const TrainingResult& result) {
  nlohmann::ordered_json facts{{"command", options.command_line},
                               {"dataset", options.dataset},
                               {"iterations", result.iterations},
                               {"minutes", rounded(result.minutes)},
                               {"instruction_set", isa_name(active_isa())},
                               {"settings", to_json(options.plan.settings)},
                               {"fcd_samples", options.plan.evaluate_samples},
                               {"fcd_rk4_8", rounded(result.fcd_rk4)},
                               {"curve", curve_json(result.curve)}};
  if (!options.parent.is_null()) facts["from"] = options.parent;
  return facts;
}

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

Program program_from_scratch(const TrainOptions& options, const ImageSet& images) {
  TrainingSetup setup;
  setup.substrate = substrate_named(options.substrate);
  setup.hidden = options.hidden;
  setup.radius = options.radius.value_or(setup.radius);
  setup.chunks = options.chunks;
  setup.duration = options.chunk_duration.value_or(info(setup.substrate).chunk_duration);
  setup.loss = options.plan.settings.loss;
  setup.labels = options.labels;
  setup.seed = options.plan.settings.seed;
  if (options.labels && !setup.asks_for_classes())
    fail("--labels {}; take --loss wgan-gp or wgan-gp+drift", setup.no_classes_because());
  Program program = initial_program(setup, images);
  program.tied = options.tied;
  return program;
}

/// The model that the training begins with, and where that came from.
Model parent_of(const TrainOptions& options) {
  Model model = load_model(model_file(options.from));
  if (options.labels && model.program.topology->labels() == 0)
    fail("--labels: {} knows no classes; they are learnt from scratch, without --from",
         options.from);
  if (options.radius) {
    const Topology& own = *model.program.topology;
    const auto wider =
        local_couplings(own.grid(), *options.radius, own.labels(), model.program.chunks());
    if (wider->couplings() <= own.couplings())
      fail("--radius {}: {} has {} couplings and would have {}; with --from a reach can only grow",
           *options.radius, options.from, own.couplings(), wider->couplings());
    model.program = widened(model.program, wider);
  }
  return model;
}

/// What a checkpoint remembers of the command line; files are found from any folder, and also if
/// their names are not UTF-8, as JSON has to be.
std::string notes(const TrainOptions& options) {
  const auto anywhere = [](const std::string& file) {
    return file.empty() ? "" : escaped(std::filesystem::absolute(file).lexically_normal().string());
  };
  return dump_json(nlohmann::ordered_json{{"dataset", options.dataset},
                                          {"data", anywhere(options.data_dir)},
                                          {"out", anywhere(options.out)},
                                          {"grids", anywhere(options.grids)},
                                          {"command", options.command_line},
                                          {"parent", options.parent}});
}

/// Takes data set, file names and plan from a checkpoint; what is given replaces what it says.
Checkpoint resumed(TrainOptions& options) {
  Checkpoint checkpoint = load_checkpoint(options.resume);
  TrainingPlan& plan = checkpoint.plan;
  std::string command;
  try {
    const auto json = nlohmann::ordered_json::parse(plan.notes);
    json.at("dataset").get_to(options.dataset);
    const auto file = [&](const char* name, std::string& path) {
      if (path.empty()) path = unescaped(json.at(name).get_ref<const std::string&>());
    };
    file("data", options.data_dir);
    file("out", options.out);
    file("grids", options.grids);
    json.at("command").get_to(command);
    options.parent = json.at("parent");
  } catch (const nlohmann::json::exception&) {
    fail("{}: it does not say what was trained; only `phaseloom train` checkpoints can be resumed",
         options.resume);
  }
  const auto& given = options.plan;
  if (given.minutes > 0 || given.iterations > 0) {
    constexpr const char* kAnew = "the whole length is meant, not what is to be added";
    if (given.minutes > 0 && given.minutes <= checkpoint.minutes)
      fail("--minutes {:g}: it has trained for {:.2f} minutes already; {}", given.minutes,
           checkpoint.minutes, kAnew);
    if (given.iterations > 0 && given.iterations <= checkpoint.iterations())
      fail("--iterations {}: it has made {} already; {}", given.iterations, checkpoint.iterations(),
           kAnew);
    plan.minutes = given.minutes;
    plan.iterations = given.iterations;
    command += "; " + options.command_line;
  }
  options.command_line = command;
  options.plan = plan;
  return checkpoint;
}

/// What is written is this training's alone, or the training does not begin.
std::vector<FileLock> locks_of(const TrainOptions& options) {
  std::vector<FileLock> locks;
  for (const std::filesystem::path& file :
       {std::filesystem::path(options.out), options.plan.checkpoint}) {
    locks.emplace_back(file, options.command_line);
    if (!locks.back().held())
      fail("{}: {} is at work on it; wait for its end, or choose another --out", file.string(),
           locks.back().holder());
  }
  return locks;
}

void train(TrainOptions options) {
  std::optional<Checkpoint> checkpoint;
  if (!options.resume.empty()) checkpoint = resumed(options);
  if (options.dataset.empty()) fail("DATASET is missing: mnist or fashion");
  if (options.out.empty()) fail("--out is missing: the model file to write (.safetensors)");
  const std::filesystem::path out = options.out;
  if (out.extension() != ".safetensors")
    fail("--out {}: the extension must be .safetensors", options.out);
  { const AtomicFile probe(out); }  // where nothing can be written, nothing shall be trained
  if (!checkpoint)
    options.plan.checkpoint = std::filesystem::path(out).replace_extension(".checkpoint");
  const auto locks = locks_of(options);
  std::optional<std::filesystem::path> data;
  if (!options.data_dir.empty()) data = options.data_dir;
  const ImageSet images = load_image_set(options.dataset, Split::train, data);
  if (options.grids.empty())
    options.grids = std::filesystem::path(out).replace_extension().string() + "-grids";
  Program initial;
  if (!checkpoint && options.from.empty()) {
    initial = program_from_scratch(options, images);
  } else if (!checkpoint) {
    Model parent = parent_of(options);
    initial = std::move(parent.program);
    options.parent = {{"model", parent.name},
                      {"training", nlohmann::ordered_json::parse(parent.training)}};
  }
  const std::filesystem::path grids = options.grids;
  std::error_code error;
  std::filesystem::create_directories(grids, error);
  if (error)
    fail("{}: cannot make this folder for sample grids: {}", grids.string(), error.message());
  options.plan.notes = notes(options);
  if (checkpoint) checkpoint->plan = options.plan;

  ThreadPool pool(options.threads);
  const auto yardstick = find_yardstick(options, data, images, pool);
  const auto features = features_for(options.plan.settings.loss, options.dataset);
  InterruptScope interrupt;
  std::stop_source stop;
  TrainLine line;
  const auto save = [&](const TrainingResult& result) {
    save_model(out, {result.program, out.stem().string(), dump_json(facts(options, result))});
  };
  TrainingCallbacks callbacks;
  callbacks.news = [&](const TrainingNews& news) {
    line.show(news);
    if (interrupt.interrupted()) stop.request_stop();
  };
  callbacks.look = [&](const CurvePoint& point, std::span<const float> pictures) {
    const auto pixels = static_cast<std::size_t>(images.width) * images.height;
    const auto shown = std::min<std::size_t>(pictures.size() / pixels, 100) * pixels;
    line.clear();
    try {
      write_png(grids / fmt::format("iteration-{:06}.png", point.iteration),
                tile_grid(pictures.first(shown), images.width, images.height, 10, {.scale = 2}));
    } catch (const Error& trouble) {  // no reason to stop
      report("{}\n", trouble.what());
    }
    print_out("{:6.1f} min  iteration {:6}  loss {:.3f}{}\n", point.minutes, point.iteration,
              point.loss,
              std::isnan(point.fcd_rk4) ? ""  // not measured
                                        : fmt::format("  FCD {:.2f} (midpoint, 3 steps: {:.2f})",
                                                      point.fcd_rk4, point.fcd_training));
    flush_output();
  };
  callbacks.best = [&](const TrainingResult& result) {  // a kill loses nothing that was better
    try {
      save(result);
    } catch (const Error& trouble) {  // there is a last chance at the end
      line.clear();
      report("{}\n", trouble.what());
    }
  };
  const TrainingInputs inputs{images, yardstick ? &yardstick->evaluator : nullptr, features.get(),
                              pool};
  const TrainingResult result =
      checkpoint
          ? resume_training(std::move(*checkpoint), inputs, callbacks, stop.get_token())
          : run_training(std::move(initial), options.plan, inputs, callbacks, stop.get_token());
  save(result);
  if (!result.stopped) std::filesystem::remove(options.plan.checkpoint, error);
  line.clear();
  const auto& last = result.curve.back();
  print_out("{}: {} after {}, {}; sample grids in {}\n", legible(out.string()),
            result.stopped ? "stopped, best so far kept" : "trained",
            counted(last.iteration, "iteration"), duration(60 * last.minutes),
            legible(grids.string()));
  if (!result.reason.empty()) print_out("it ended early: {}\n", result.reason);
  if (result.stopped && result.reason.empty())
    print_out("go on with: phaseloom train --resume {}\n",
              legible(options.plan.checkpoint.string()));
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
