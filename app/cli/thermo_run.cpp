// SPDX-License-Identifier: MIT
// `phaseloom thermo run`: pictures out of thermal noise, the heat that they cost, and what a
// classifier makes of them.

#include <CLI/CLI.hpp>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/sample_sink.hpp"
#include "app/cli/thermo.hpp"
#include "app/document/assets.hpp"
#include "app/document/si_text.hpp"
#include "app/document/thermo_facts.hpp"
#include "app/document/trained_on.hpp"
#include "app/jobs/quality_reference.hpp"
#include "app/jobs/thermo_judgement.hpp"
#include "app/jobs/thermo_prototypes.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/thermo/heat.hpp"
#include "engine/thermo/overlap.hpp"

namespace phaseloom {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kMaxSamples = 100'000;

struct ThermoRunOptions {
  std::string model, png, npy;
  int n = 200;
  std::optional<double> temperature;
  std::uint64_t seed = 90101;
  Hardware hardware;
  bool json = false;
  int threads = 0;
};

/// All that is told of a run.
struct ThermoResult {
  RunSettings settings;
  ThermoRun run;  ///< states with their contrast rescaled
  std::optional<ThermoJudgement> judgement;
  std::optional<OverlapCounts> overlaps;  ///< where its prototypes are at hand
};

/// In kT; nothing to divide by at temperature 0.
std::optional<Summary> heat_in_kt(const ThermoResult& result) {
  if (result.settings.temperature == 0) return std::nullopt;
  std::vector<double> heat = result.run.heat;
  for (double& q : heat) q /= result.settings.temperature;
  return summarise(std::move(heat));
}

Json to_json(const ThermoRunOptions& options, const ThermoResult& result) {
  const auto heat = heat_in_kt(result);
  const Summary in_units = summarise(result.run.heat);
  Json quantiles;
  for (std::size_t k = 0; k < kSummaryQuantiles.size(); ++k)
    quantiles[fmt::format("{:g}", kSummaryQuantiles[k])] =
        heat ? Json(heat->quantiles[k]) : Json(nullptr);
  Json json{{"model", options.model},
            {"samples", result.run.heat.size()},
            {"seed", options.seed},
            {"temperature", result.settings.temperature},
            {"bits", options.hardware.bits},
            {"heat_mean_kT", heat ? Json(heat->mean) : Json(nullptr)},
            {"heat_sd_kT", heat ? Json(heat->deviation) : Json(nullptr)},
            {"heat_quantiles_kT", quantiles},
            {"heat_mean_E0", in_units.mean},
            {"heat_sd_E0", in_units.deviation}};
  const auto& judged = result.judgement;
  json["class_histogram"] = judged ? Json(judged->classes) : Json(nullptr);
  json["inverted"] = judged ? Json(judged->inverted) : Json(nullptr);
  json["light_ground"] = judged ? Json(judged->light_ground) : Json(nullptr);
  json["mixed"] = judged ? Json(judged->mixed) : Json(nullptr);
  json["overlaps"] = nullptr;
  if (const auto& overlaps = result.overlaps)
    json["overlaps"] = {{"strongest", overlaps->strongest},
                        {"negatives", overlaps->negatives},
                        {"mixtures", overlaps->mixtures}};
  return json;
}

void print_text(const ThermoResult& result) {
  print_out("{} at kT = {:g}\n", counted(std::ssize(result.run.heat), "sample"),
            result.settings.temperature);
  const Summary in_units = summarise(result.run.heat);
  if (const auto heat = heat_in_kt(result)) {
    print_out("heat      {:.1f} kT, standard deviation {:.1f}; {:.4g} E0\n", heat->mean,
              heat->deviation, in_units.mean);
    print_out("          ");
    for (std::size_t k = 0; k < kSummaryQuantiles.size(); ++k)
      print_out("{}{:g} %: {:.0f}", k > 0 ? ", " : "", 100 * kSummaryQuantiles[k],
                heat->quantiles[k]);
    print_out("\n");
  } else {
    print_out("heat      {:.4g} E0, standard deviation {:.4g}\n", in_units.mean,
              in_units.deviation);
  }
  if (const auto& overlaps = result.overlaps) {
    print_out("strongest");
    for (const int n : overlaps->strongest) print_out(" {}", n);
    print_out(" of the prototypes; {} negatives, {} mixtures\n", overlaps->negatives,
              overlaps->mixtures);
  }
  if (!result.judgement) return;
  print_out("read as  ");
  for (std::size_t k = 0; k < result.judgement->classes.size(); ++k)
    print_out(" {}: {}", k, result.judgement->classes[k]);
  print_out("\ninverted  {}; on light ground {}\nmixed     {}\n", result.judgement->inverted,
            result.judgement->light_ground, result.judgement->mixed);
}

/// Nothing, and why, if no classifier is at hand for such pictures.
std::optional<ThermoJudgement> judgement_of(const Model& model, std::span<const float> pictures,
                                            ThreadPool& pool) {
  const std::string data = trained_on(model);
  try {
    const Classifier classifier = shipped_classifier(data.empty() ? "mnist" : data);
    const PictureShape shape = model.program.picture();
    if (shape != classifier.picture())
      fail("its pictures are {}; the classifier judges {}", words(shape),
           words(classifier.picture()));
    return judge_thermo(pictures, classifier, pool);
  } catch (const Error& error) {
    report("the pictures are not judged: {}\n", error.what());
    return std::nullopt;
  }
}

/// Nothing if the prototypes are not known, or their pictures not on this machine.
std::optional<OverlapCounts> overlaps_of(const Model& model, std::span<const float> states) {
  const ThermoFacts facts = thermo_facts_of(model);
  if (facts.digits.empty() && facts.drawings.empty()) return std::nullopt;
  try {
    const ThermoPrototypes prototypes = load_prototypes({}, facts.digits, facts.drawings);
    if (prototypes.shape() != model.program.picture()) return std::nullopt;
    OverlapCounts counts;
    counts.count(Overlap(prototypes.pictures), states);
    return counts;
  } catch (const Error& error) {
    report("the pictures are not compared with the prototypes: {}\n", error.what());
    return std::nullopt;
  }
}

void run(const ThermoRunOptions& options) {
  // All that can be wrong is found before the work starts.
  validate(options.hardware);
  const Model model = load_named_model(options.model);
  const PictureShape shape = model.program.picture();
  std::vector<std::unique_ptr<SampleSink>> sinks;
  if (!options.png.empty()) sinks.push_back(png_sink(options.png, options.n, shape));
  if (!options.npy.empty()) sinks.push_back(npy_sink(options.npy, options.n, shape));
  ThermoResult result;
  result.settings = settings_of(model.program);
  result.settings.seed = options.seed;
  result.settings.temperature = options.temperature.value_or(result.settings.temperature);

  ThreadPool pool(options.threads);
  InterruptScope interrupt;
  {
    ProgressLine progress("samples", options.n);
    result.run = run_thermo(model.program, options.hardware, result.settings, options.n, pool,
                            [&](int done) {
                              progress.update(done);
                              return !interrupt.interrupted();
                            });
  }
  if (interrupt.interrupted()) throw Cancelled{};
  auto& pictures = result.run.states;
  result.overlaps = overlaps_of(model, pictures);
  const auto size = static_cast<std::size_t>(shape.size());
  for (std::size_t at = 0; at < pictures.size(); at += size)
    rescale_contrast(std::span(pictures).subspan(at, size));
  result.judgement = judgement_of(model, pictures, pool);
  for (const auto& sink : sinks) {
    sink->append(pictures);
    sink->commit();
  }
  if (options.json)
    print_out("{}\n", dump_json(to_json(options, result), 2));
  else
    print_text(result);
}

}  // namespace

void add_thermo_run(CLI::App& thermo) {
  auto options = std::make_shared<ThermoRunOptions>();
  CLI::App* command =
      thermo.add_subcommand("run", "Generate pictures, and measure the heat that it takes");
  add_model_option(*command, options->model);
  add_number(*command, "-n", options->n, "Number of samples")
      ->check(CLI::Range(1, kMaxSamples).description(""))
      ->type_name("N")
      ->capture_default_str();
  add_number(*command, "--kT", options->temperature,
             "Temperature, in units of E0. Default: as the model says")
      ->type_name("KT");
  add_seed(*command, "--seed", options->seed, "Seed of the noise");
  command
      ->add_option("--png", options->png,
                   "All pictures in one, each between its 2nd and its 98th percentile")
      ->type_name("FILE");
  command
      ->add_option("--npy", options->npy, "The same pictures: float32 (n, height, width) in [0, 1]")
      ->type_name("FILE");
  add_json_flag(*command, options->json);
  add_threads_option(*command, options->threads);
  add_hardware_options(*command, options->hardware);
  command->callback([options] { run(*options); });
}

}  // namespace phaseloom
