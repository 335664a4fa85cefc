// SPDX-License-Identifier: MIT
// `phaseloom sample`: pictures out of noise, into a file.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/heat_meter.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/sample_sink.hpp"
#include "app/document/assets.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"

namespace phaseloom {
namespace {

constexpr int kMaxSamples = 100'000'000;
// Samples are generated and written piece by piece: memory does not grow with their number.
constexpr std::size_t kPieceValues = std::size_t{1} << 22;

struct SampleOptions {
  std::string model;
  int n = 64;
  RunOptions run;
  Hardware hardware;
  int threads = 0;
  std::string out;
  bool json = false;
};

void check_extension(const std::string& out) {
  const auto extension = std::filesystem::path(out).extension();
  if (extension != ".npy" && extension != ".png")
    fail("--out {}: the extension must be .npy (an array) or .png (a picture)", out);
}

std::unique_ptr<SampleSink> open_sink(const SampleOptions& options, PictureShape picture) {
  const bool array = std::filesystem::path(options.out).extension() == ".npy";
  return (array ? npy_sink : png_sink)(options.out, options.n, picture);
}

nlohmann::ordered_json to_json(const SampleOptions& options, const RunSettings& settings,
                               const HeatMeter& meter) {
  nlohmann::ordered_json json{
      {"model", options.model}, {"out", options.out}, {"samples", options.n}};
  json.update(to_json(settings, options.hardware));
  meter.add_to(json);
  return json;
}

void sample(const SampleOptions& options) {
  // All that can be wrong is found before the work starts.
  check_extension(options.out);
  validate(options.hardware);
  const Model model = load_named_model(options.model);
  const Program& program = model.program;
  InterruptScope interrupt;
  const auto sink = open_sink(options, program.picture());

  ProgressLine progress("samples", options.n);
  ThreadPool pool(options.threads);
  HeatMeter meter(program, options.hardware, pool);
  RunSettings settings = options.run.settings_for(program);
  const auto visible = static_cast<std::size_t>(program.topology->visible());
  const int piece = static_cast<int>(std::clamp<std::size_t>(kPieceValues / visible, 1, 1 << 16));
  for (int done = 0; done < options.n;) {
    const int count = std::min(piece, options.n - done);
    settings.first_sample = static_cast<std::uint64_t>(done);
    sink->append(meter.generate(settings, count, [&](int now) {
      progress.update(done + now);
      return !interrupt.interrupted();
    }));
    if (interrupt.interrupted()) throw Cancelled{};
    done += count;
  }
  sink->commit();
  progress.clear();
  if (options.json)
    print_out("{}\n", dump_json(to_json(options, settings, meter), 2));
  else if (const auto heat = meter.text(); !heat.empty())
    print_out("{}\n", heat);
}

}  // namespace

void add_sample(CLI::App& app) {
  auto options = std::make_shared<SampleOptions>();
  CLI::App* command = app.add_subcommand("sample", "Generate samples into a .npy or .png file");
  add_model_option(*command, options->model);
  add_number(*command, "-n", options->n, "Number of samples")
      ->check(CLI::Range(1, kMaxSamples).description(""))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--out", options->out,
                   "x.npy: float32 (n, height, width) in [0, 1]; x.png: all in one picture")
      ->required()
      ->type_name("FILE");
  add_json_flag(*command, options->json);
  add_run_options(*command, options->run);
  add_threads_option(*command, options->threads);
  add_hardware_options(*command, options->hardware);
  command->callback([options] { sample(*options); });
}

}  // namespace phaseloom
