// SPDX-License-Identifier: MIT
// `phaseloom chips`: the same design built many times, each device with a mismatch of its own: how
// good they are, and how many are good enough (docs/sweeps.md).

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/eval_reference.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "app/document/trained_on.hpp"
#include "app/jobs/chips_work.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/data/png.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

constexpr int kBins = 16;
constexpr double kUsualYield = 0.9;

struct ChipsOptions {
  std::string model, reference, classifier, out, pictures;
  RunOptions run;
  ChipsRequest request;
  std::optional<double> limit;
  double wanted = kUsualYield;
  int threads = 0;
  bool json = false;
};

/// The devices of each mismatch, and pictures of the three that are shown.
struct Production {
  std::string dataset;
  PictureShape picture;
  std::vector<ChipPopulation> populations;
  std::vector<std::vector<std::shared_ptr<const std::vector<float>>>> pictures;
};

Production produce(const ChipsOptions& options) {
  const ChipsRequest& request = options.request;
  const Model& model = *request.model;
  const Reference reference =
      load_reference(options.reference, options.classifier, trained_on(model), options.model);
  const PictureShape shape = model.program.picture();
  if (shape != reference.classifier.picture())
    fail("{}: shows pictures of {}; the classifier judges {}", options.model, words(shape),
         words(reference.classifier.picture()));
  InterruptScope interrupt;
  ThreadPool pool(options.threads);
  const QualityMeter meter(reference.name, reference.classifier, reference.train, reference.test,
                           pool);
  Production production{reference.name, shape, {}, {}};
  for (const double mismatch : request.mismatches) production.populations.push_back({mismatch, {}});
  production.pictures.resize(request.mismatches.size());
  const std::int64_t each = request.samples;
  ProgressLine line("samples", each * request.devices * std::int64_t(request.mismatches.size()));
  std::stop_source stop;
  std::int64_t done = 0;
  ChipsCallbacks callbacks;
  callbacks.between = [&] { return !interrupt.interrupted(); };
  callbacks.tell = [&](double fraction) {
    line.update(each * done + std::llround(fraction * double(each)));
    if (interrupt.interrupted()) stop.request_stop();
  };
  callbacks.made = [&](std::size_t mismatch, const MadeChip& chip) {
    ++done;
    production.populations[mismatch].chips.push_back(chip.quality);
    production.pictures[mismatch].push_back(chip.pictures);
  };
  if (!make_chips(request, meter, pool, callbacks, stop.get_token())) throw Cancelled{};
  return production;
}

/// A block for each mismatch: rows of the best, the median and the worst device.
void write_pictures(const std::string& file, const Production& production) {
  constexpr int kColumns = ChipsSnapshot::kPictures;
  const auto size = static_cast<std::size_t>(production.picture.size());
  std::vector<float> all;
  for (std::size_t m = 0; m < production.populations.size(); ++m) {
    const ChipStatistics s = statistics_of(production.populations[m].chips);
    for (const int chip : {s.best, s.median, s.worst}) {
      const auto& pictures = production.pictures[m][static_cast<std::size_t>(chip)];
      const auto before = all.size();
      if (pictures) all.insert(all.end(), pictures->begin(), pictures->end());
      all.resize(before + kColumns * size);  // black where there are none
    }
  }
  write_png(file, tile_grid(all, production.picture, kColumns, {.scale = 2}));
}

using Json = nlohmann::ordered_json;

Json to_json(const ChipQuality& chip) {
  if (chip.failed())
    return {{"device", chip.device},
            {"relative_fcd", nullptr},
            {"fcd", nullptr},
            {"class_entropy", nullptr},
            {"problem", chip.problem}};
  return {{"device", chip.device},
          {"relative_fcd", chip.relative},
          {"fcd", chip.distance},
          {"class_entropy", chip.class_entropy},
          {"problem", nullptr}};
}

Json to_json(const ChipPopulation& population, std::optional<double> limit) {
  const auto& chips = population.chips;
  const ChipStatistics s = statistics_of(chips);
  const auto chip = [&](int i) { return to_json(chips[static_cast<std::size_t>(i)]); };
  const ChipHistogram histogram = histogram_of(chips, kBins);
  Json all = Json::array();
  for (const ChipQuality& c : chips) all.push_back(to_json(c));
  return {{"mismatch", population.mismatch},
          {"devices", s.devices},
          {"failed", s.failed},
          {"mean", s.mean},
          {"deviation", s.deviation},
          {"best", chip(s.best)},
          {"median", chip(s.median)},
          {"worst", chip(s.worst)},
          {"yield", limit ? Json(*yield_of(chips, *limit)) : Json()},
          {"histogram",
           {{"low", histogram.low}, {"high", histogram.high}, {"counts", histogram.counts}}},
          {"chips", std::move(all)}};
}

std::optional<double> bearable(const ChipsOptions& options, const Production& production) {
  if (!options.limit) return std::nullopt;
  return bearable_mismatch(production.populations, *options.limit, options.wanted);
}

Json to_json(const ChipsOptions& options, const Production& production) {
  const ChipsRequest& request = options.request;
  Json populations = Json::array();
  for (const ChipPopulation& p : production.populations)
    populations.push_back(to_json(p, options.limit));
  Json json{{"model", request.model->name},
            {"dataset", production.dataset},
            {"samples", request.samples}};
  const Json made = to_json(request.settings, request.hardware);
  for (const auto& [key, value] : made.items())
    if (key != "mismatch" && key != "device") json[key] = value;
  const auto borne = bearable(options, production);
  json["limit"] = options.limit ? Json(*options.limit) : Json();
  json["wanted_yield"] = options.wanted;
  json["bearable_mismatch"] = borne ? Json(*borne) : Json();
  json["populations"] = std::move(populations);
  return json;
}

void print_population(const ChipPopulation& population, std::optional<double> limit) {
  const auto& chips = population.chips;
  const ChipStatistics s = statistics_of(chips);
  const auto of = [&](int i) {
    const ChipQuality& c = chips[static_cast<std::size_t>(i)];
    return c.failed() ? fmt::format("none (device {}: {})", c.device, legible(c.problem))
                      : fmt::format("{:.4f} (device {})", c.relative, c.device);
  };
  print_out("mismatch {}: relative FCD {:.4f} on average, standard deviation {:.4f}{}\n",
            population.mismatch, s.mean, s.deviation,
            s.failed > 0 ? fmt::format(", {} without a number", s.failed) : "");
  print_out("  best {}, median {}, worst {}\n", of(s.best), of(s.median), of(s.worst));
  if (limit)
    print_out("  yield {:.1f} % at a limit of {}\n", 100 * *yield_of(chips, *limit), *limit);
  if (s.deviation == 0) return;  // they are all alike
  const ChipHistogram histogram = histogram_of(chips, kBins);
  const int most = std::max(1, std::ranges::max(histogram.counts));
  constexpr int kLongestBar = 50;
  const double width = (histogram.high - histogram.low) / kBins;
  for (int i = 0; i < kBins; ++i) {
    const int count = histogram.counts[static_cast<std::size_t>(i)];
    const int bar = (count * std::min(kLongestBar, most) + most - 1) / most;
    print_out("  {:.4f} {:5} {}\n", histogram.low + i * width, count,
              std::string(static_cast<std::size_t>(bar), '#'));
  }
}

void print_text(const ChipsOptions& options, const Production& production) {
  print_out("{}: {} of each mismatch, {} each\n", legible(options.request.model->name),
            counted(options.request.devices, "device"), counted(options.request.samples, "sample"));
  for (const ChipPopulation& p : production.populations) print_population(p, options.limit);
  if (!options.limit) return;
  if (const auto borne = bearable(options, production))
    print_out("{:.0f} % of the devices keep the limit up to a mismatch of {:.3g}{}\n",
              100 * options.wanted, *borne,
              production.populations.size() > 1 ? "" : ", the only one that was tried");
  else
    print_out("{:.0f} % of the devices keep the limit at no mismatch that was tried\n",
              100 * options.wanted);
}

void make(ChipsOptions& options) {
  ChipsRequest& request = options.request;
  if (!options.out.empty() && std::filesystem::path(options.out).extension() != ".csv")
    fail("--out {}: the extension must be .csv", options.out);
  if (!options.pictures.empty() && std::filesystem::path(options.pictures).extension() != ".png")
    fail("--pictures {}: the extension must be .png", options.pictures);
  for (const std::string& file : {options.out, options.pictures})
    if (!file.empty()) AtomicFile{file};  // an hour later would be late to say that it cannot be
  request.model = std::make_shared<const Model>(load_named_model(options.model));
  request.settings = options.run.settings_for(request.model->program);
  validate(request);
  const Production production = produce(options);
  if (!options.out.empty()) write_file_atomically(options.out, chips_csv(production.populations));
  if (!options.pictures.empty()) write_pictures(options.pictures, production);
  if (options.json)
    print_out("{}\n", dump_json(to_json(options, production), 2));
  else
    print_text(options, production);
}

}  // namespace

void add_chips(CLI::App& app) {
  auto options = std::make_shared<ChipsOptions>();
  ChipsRequest& request = options->request;
  CLI::App* command = app.add_subcommand(
      "chips", "Build the same design many times and measure how good the devices are");
  add_model_option(*command, options->model);
  add_number(*command, "--devices", request.devices, "How many are built with each mismatch")
      ->check(CLI::Range(1, kMaxChips).description(""))
      ->type_name("N")
      ->capture_default_str();
  add_number(*command, "--mismatch", request.mismatches,
             "Relative error of every coupling of a device; several, with commas, for the yield "
             "over mismatch")
      ->delimiter(',')
      ->capture_default_str();
  add_number(*command, "--samples", request.samples,
             "By which a device is judged; the same noise for all of them")
      ->type_name("N")
      ->capture_default_str();
  add_number(*command, "--limit", options->limit, "Relative FCD up to which a device is good")
      ->check(CLI::Range(0.0, 1e6).description(""))
      ->type_name("X");
  add_number(*command, "--yield", options->wanted,
             "Fraction of good devices that is asked for, for the mismatch that it can bear")
      ->check(CLI::Range(0.0, 1.0).description(""))
      ->capture_default_str();
  command->add_option("--out", options->out, "Write all devices as a table")->type_name("FILE.csv");
  command
      ->add_option("--pictures", options->pictures,
                   "Write pictures of the best, the median and the worst device, a row each")
      ->type_name("FILE.png");
  add_reference_options(*command, options->reference, options->classifier);
  add_run_options(*command, options->run);
  add_design_options(*command, request.hardware);
  add_phase_noise_option(*command, request.hardware);
  add_threads_option(*command, options->threads);
  add_json_flag(*command, options->json);
  command->callback([options] { make(*options); });
}

}  // namespace phaseloom
