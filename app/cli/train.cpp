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

#include "app/cli/interrupt.hpp"
#include "app/cli/options.hpp"
#include "app/session/assets.hpp"
#include "app/session/training_facts.hpp"
#include "app/session/yardstick.hpp"
#include "engine/data/picture.hpp"
#include "engine/data/png.hpp"
#include "engine/dynamics/model_file.hpp"
#include "engine/learning/checkpoint.hpp"
#include "engine/learning/training_run.hpp"
#include "engine/support/error.hpp"
#include "engine/support/isa.hpp"

namespace phaseloom {
namespace {

struct TrainOptions {
  std::string dataset;
  std::string data_dir;
  std::string out;
  std::string grids;
  std::string from;
  std::string resume;
  std::string loss = "wgan-gp+drift";
  bool symmetric_grid = false;
  std::string substrate = "kuramoto_shil";
  int hidden = 1;
  int radius = 3;
  int chunks = 6;
  double chunk_duration = 0.6;
  double weight_width = 0.1;
  bool tied = false;
  bool labels = false;
  TrainingPlan plan;
  int threads = 0;
  std::string command_line;  ///< for the model's metadata
};

/// Quality is measured if this data set's classifier is shipped and the test pictures are here.
std::unique_ptr<Yardstick> find_yardstick(const TrainOptions& options,
                                          const std::optional<std::filesystem::path>& data,
                                          const ImageSet& train, ThreadPool& pool) {
  try {
    auto classifier = shipped_classifier(options.dataset);
    return std::make_unique<Yardstick>(options.dataset, std::move(classifier), train,
                                       load_image_set(options.dataset, Split::test, data), pool);
  } catch (const Error& error) {
    fmt::print(stderr, "quality will not be measured, the last state is kept: {}\n", error.what());
    return nullptr;
  }
}

nlohmann::ordered_json facts(const TrainOptions& options, const TrainingResult& result) {
  return {{"command", options.command_line},
          {"dataset", options.dataset},
          {"iterations", result.iterations},
          {"minutes", rounded(result.minutes)},
          {"instruction_set", isa_name(active_isa())},
          {"settings", to_json(options.plan.settings)},
          {"fcd_samples", options.plan.evaluate_samples},
          {"fcd_rk4_8", rounded(result.truth)},
          {"curve", curve_json(result.curve)}};
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
    if (news.last && !std::isnan(news.last->truth))
      line += fmt::format("  FCD {:.1f}", news.last->truth);
    if (news.rollbacks > 0) line += fmt::format("  diverged {} times", news.rollbacks);
    line += "  left " + duration(news.seconds_left);
    if (news.trouble) line += "  " + *news.trouble;
    clear();
    fmt::print(stderr, "{}{}", line, terminal_ ? "" : "\n");
    std::fflush(stderr);
  }
  void clear() const {
    if (terminal_) fmt::print(stderr, "\r\033[K");
  }

 private:
  bool terminal_ = isatty(STDERR_FILENO);
  std::chrono::steady_clock::time_point shown_{};
};

Program initial_program(const TrainOptions& options, const ImageSet& images) {
  if (!options.from.empty()) {
    Program program = load_model(model_file(options.from)).program;
    if (options.labels && program.topology->labels() == 0)
      fail("--labels: {} knows no classes; they are learnt from scratch, without --from",
           options.from);
    return program;
  }
  const Grid grid{images.width, images.height, 1 + options.hidden};
  auto topology = Topology::local(grid, options.radius);
  if (options.labels)
    topology = Topology::with_labels(*topology, 1 + std::ranges::max(images.labels));
  Program program =
      make_program(substrate_named(options.substrate), topology, options.chunks,
                   options.chunk_duration, options.weight_width, options.plan.settings.seed);
  program.tied = options.tied;
  return program;
}

/// What a checkpoint remembers of the command line.
std::string notes(const TrainOptions& options, const std::filesystem::path& grids) {
  return nlohmann::ordered_json{{"dataset", options.dataset},
                                {"out", options.out},
                                {"grids", grids.string()},
                                {"command", options.command_line}}
      .dump();
}

/// Takes data set, file names and plan from a checkpoint; a length that is given replaces the
/// planned one.
Checkpoint resumed(TrainOptions& options) {
  Checkpoint checkpoint = load_checkpoint(options.resume);
  TrainingPlan& plan = checkpoint.plan;
  try {
    auto json = nlohmann::ordered_json::parse(plan.notes);
    json.at("dataset").get_to(options.dataset);
    if (options.out.empty()) json.at("out").get_to(options.out);
    if (options.grids.empty()) json.at("grids").get_to(options.grids);
    auto command = json.at("command").get<std::string>();
    if (options.plan.minutes > 0 || options.plan.iterations > 0) {
      plan.minutes = options.plan.minutes;
      plan.iterations = options.plan.iterations;
      json["command"] = command += "; " + options.command_line;
      plan.notes = json.dump();
    }
    options.command_line = command;
  } catch (const nlohmann::json::exception&) {
    fail("{}: it does not say what was trained; only `phaseloom train` checkpoints can be resumed",
         options.resume);
  }
  options.plan = plan;
  return checkpoint;
}

void train(TrainOptions options) {
  std::optional<Checkpoint> checkpoint;
  if (!options.resume.empty()) checkpoint = resumed(options);
  if (options.dataset.empty()) fail("DATASET is missing: mnist or fashion");
  if (options.out.empty()) fail("--out is missing: the model file to write (.safetensors)");
  const std::filesystem::path out = options.out;
  if (out.extension() != ".safetensors")
    fail("--out {}: the extension must be .safetensors", options.out);
  std::optional<std::filesystem::path> data;
  if (!options.data_dir.empty()) data = options.data_dir;
  const ImageSet images = load_image_set(options.dataset, Split::train, data);
  std::filesystem::path grids = options.grids;
  if (grids.empty()) grids = std::filesystem::path(out).replace_extension().string() + "-grids";
  std::error_code error;
  std::filesystem::create_directories(grids, error);
  if (error)
    fail("{}: cannot make this folder for sample grids: {}", grids.string(), error.message());
  options.plan.checkpoint = std::filesystem::path(out).replace_extension(".checkpoint");
  options.plan.notes = notes(options, grids);

  ThreadPool pool(options.threads);
  const auto yardstick = find_yardstick(options, data, images, pool);
  const auto features = features_for(options.plan.settings.loss, options.dataset);
  InterruptScope interrupt;
  std::stop_source stop;
  TrainLine line;
  const auto save = [&](const TrainingResult& result) {
    save_model(out, {result.program, out.stem().string(), facts(options, result).dump()});
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
      fmt::print(stderr, "{}\n", trouble.what());
    }
    fmt::print("{:6.1f} min  iteration {:6}  loss {:.3f}  FCD {:.2f} (midpoint, 3 steps: {:.2f})\n",
               point.minutes, point.iteration, point.loss, point.truth, point.coarse);
    std::fflush(stdout);
  };
  callbacks.best = [&](const TrainingResult& result) {  // a kill loses nothing that was better
    try {
      save(result);
    } catch (const Error& trouble) {  // there is a last chance at the end
      line.clear();
      fmt::print(stderr, "{}\n", trouble.what());
    }
  };
  const TrainingInputs inputs{images, yardstick ? &yardstick->evaluator : nullptr, features.get(),
                              pool};
  const TrainingResult result =
      checkpoint ? resume_training(std::move(*checkpoint), inputs, callbacks, stop.get_token())
                 : run_training(initial_program(options, images), options.plan, inputs, callbacks,
                                stop.get_token());
  save(result);
  line.clear();
  const auto& last = result.curve.back();
  fmt::print("{}: {} after {} iterations, {}; sample grids in {}\n", out.string(),
             result.stopped ? "stopped, best so far kept" : "trained", last.iteration,
             duration(60 * last.minutes), grids.string());
  if (!result.reason.empty()) fmt::print("it ended early: {}\n", result.reason);
  if (result.stopped && result.reason.empty())
    fmt::print("go on with: phaseloom train --resume {}\n", options.plan.checkpoint.string());
}

std::string join(const std::vector<std::string>& words) {
  std::string line = "phaseloom train";
  for (auto word = words.rbegin(); word != words.rend(); ++word) line += " " + *word;
  return line;
}

}  // namespace

void add_train(CLI::App& app) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* command = app.add_subcommand("train", "Train a network on a set of pictures");
  TrainSettings& settings = options->plan.settings;
  command->add_option("DATASET", options->dataset, "mnist or fashion")
      ->check(CLI::IsMember({"mnist", "fashion"}));
  command->add_option("--data", options->data_dir, "Folder that holds the data set")
      ->type_name("DIR");
  command->add_option("--out", options->out, "The model file to write (.safetensors)")
      ->type_name("FILE");
  command
      ->add_option("--resume", options->resume,
                   "Go on with a stopped or killed training: its .checkpoint file")
      ->type_name("FILE");
  command
      ->add_option("--from", options->from,
                   "Begin with a trained model instead of from scratch, and with fine steps")
      ->type_name("MODEL");
  command
      ->add_option("--loss", options->loss, "wgan-gp, sliced-wasserstein, drift or wgan-gp+drift")
      ->capture_default_str();
  command->add_option("--grids", options->grids, "Folder for sample grids (default: beside --out)")
      ->type_name("DIR");
  command
      ->add_option("--minutes", options->plan.minutes,
                   "Length of the training in wall time; with --resume, the whole length anew")
      ->check(CLI::Range(0.01, 100000.0));
  command
      ->add_option("--iterations", options->plan.iterations,
                   "Length in iterations instead: reproducible bit by bit")
      ->check(CLI::Range(1, 1000000000));
  command->add_option("--seed", settings.seed, "Seed of everything random")->capture_default_str();
  command->add_option("--substrate", options->substrate, "The physics")->capture_default_str();
  command->add_option("--hidden", options->hidden, "Hidden layers")
      ->check(CLI::Range(0, 8))
      ->capture_default_str();
  command->add_option("--radius", options->radius, "Reach of the couplings on the grid")
      ->check(CLI::Range(0, 14))
      ->capture_default_str();
  command->add_option("--chunks", options->chunks, "Chunks of time with parameters of their own")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command
      ->add_option("--chunk-duration", options->chunk_duration, "Duration of a chunk, time units")
      ->check(CLI::Range(1e-3, 100.0))
      ->capture_default_str();
  command->add_flag(
      "--labels", options->labels,
      "Learn to be asked for a class: a label oscillator for each, held at its state");
  command->add_flag("--tied", options->tied, "Symmetric couplings, W_ij = W_ji");
  command->add_option("--generator-rate", settings.generator_rate, "Adam's rate at the start")
      ->check(CLI::Range(1e-7, 1.0))
      ->capture_default_str();
  command->add_option("--critic-rate", settings.critic_rate, "The same of the critic")
      ->check(CLI::Range(1e-7, 1.0))
      ->capture_default_str();
  command->add_option("--weight-decay", settings.weight_decay, "Decay of the couplings")
      ->check(CLI::Range(0.0, 10.0))
      ->capture_default_str();
  command->add_option("--final-rate", settings.final_rate, "Fraction of the rates at the end")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--average", settings.average, "Of the running average, per iteration")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_option("--bits", settings.hardware.bits, "Train through weights of this many bits")
      ->check(CLI::Range(0, 8))
      ->capture_default_str();
  command->add_flag("--symmetric-grid", options->symmetric_grid, "Levels without the lowest one");
  command
      ->add_option("--weight-noise", settings.hardware.weight_noise,
                   "Train through relative errors of the weights, new ones for each batch")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      ->add_option("--mismatch", settings.hardware.mismatch,
                   "The same, alike in all chunks: a new device for each batch")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command
      ->add_option("--density", settings.hardware.density,
                   "Prune the couplings to this fraction while training")
      ->check(CLI::Range(0.01, 1.0))
      ->capture_default_str();
  command
      ->add_option("--patience", options->plan.patience,
                   "End when the quality has not risen for this many minutes")
      ->check(CLI::Range(0.01, 10000.0));
  command
      ->add_option("--checkpoint-every", options->plan.checkpoint_every,
                   "Minutes between two checkpoints, kept beside the model")
      ->check(CLI::Range(0.01, 10000.0))
      ->capture_default_str();
  command->add_option("--evaluate-every", options->plan.evaluate_every, "Minutes between two looks")
      ->check(CLI::Range(0.01, 10000.0))
      ->capture_default_str();
  add_threads_option(*command, options->threads);
  command->callback([options, command] {
    if (options->plan.minutes <= 0 && options->plan.iterations <= 0 && options->resume.empty())
      options->plan.minutes = 20;
    std::vector<std::string> words;
    for (const CLI::Option* option : command->get_options())
      if (option->count() && option->get_name() != "--help") {
        std::string text = option->get_positional() ? "" : option->get_name();
        for (const auto& result : option->results())
          if (option->get_expected_max() > 0) text += (text.empty() ? "" : " ") + result;
        words.insert(words.begin(), text);
      }
    options->command_line = join(words);
    options->plan.settings.loss = loss_named(options->loss);
    if (!options->from.empty()) options->plan.settings.phases = phases_from_trained();
    if (options->symmetric_grid) options->plan.settings.hardware.grid = BitGrid::symmetric;
    train(*options);
  });
}

}  // namespace phaseloom
