// SPDX-License-Identifier: MIT
// `phaseloom eval`: how good generated pictures are (docs/metrics.md).

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/cli/eval_reference.hpp"
#include "app/cli/heat_meter.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/sample_shards.hpp"
#include "app/document/assets.hpp"
#include "app/document/trained_on.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/data/picture.hpp"
#include "engine/data/png.hpp"
#include "engine/metrics/evaluation.hpp"
#include "engine/metrics/inception/fid.hpp"
#include "engine/metrics/nearest.hpp"
#include "engine/metrics/picture_draw.hpp"
#include "engine/metrics/precision_recall.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/alike.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/digest.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {
namespace {

constexpr int kMaxSamples = 1'000'000;
constexpr std::size_t kValuesAtOnce = std::size_t{1} << 24;  // of pictures in memory
constexpr int kPairColumns = 8;                              // in the picture of nearest ones

struct EvalOptions {
  std::string subject;  ///< a model, samples as .npy, or the manifest of many such files
  std::string reference;
  std::string classifier;
  std::optional<int> samples;
  int nearest = 1000;
  std::string nearest_grid;
  std::string inception;
  RunOptions run;
  Hardware hardware;
  int threads = 0;
  bool json = false;

  /// Short, for people.
  std::string name() const {
    const std::filesystem::path path = subject;
    return (is_manifest() ? path.parent_path().filename() : path.stem()).string();
  }
  bool is_manifest() const { return std::filesystem::path(subject).extension() == ".json"; }
  bool is_model() const {
    return !is_manifest() && std::filesystem::path(subject).extension() != ".npy";
  }
};

/// What is judged, and how it was made if we made it.
struct Samples {
  PictureShape shape;
  SampleSource source;
  std::vector<int> asked{};  ///< class of each; empty when none was asked for
  std::optional<RunSettings> settings{};
  int count() const { return source.count; }
};

/// Everything that the command reports.
struct Report {
  FrechetScore score;
  double gaussian = 0;
  int nearest_samples = 0;
  NearestSummary nearest, nearest_test;
  /// Of the samples and of real training pictures; too few have none.
  std::optional<PrecisionRecall> manifold, manifold_real;
  std::optional<double> fid;
  std::optional<double> label_accuracy;  ///< share of samples that are read as the class asked for
  std::optional<double> relative() const { return relative_distance(score.distance, gaussian); }
};

/// The long work, one stage after the other; each is cancelled by Ctrl-C and says how far it is.
class Evaluation {
 public:
  Evaluation(const EvalOptions& options, Ranks& ranks)
      : options_(options), ranks_(ranks), pool_(options.threads) {}

  /// Made by the program when they are judged; it must live as long.
  Samples samples_of(const Program& program, const ClassShares& shares) {
    heat_.emplace(program, options_.hardware, pool_);
    const int n = options_.samples.value_or(10000);
    const RunSettings settings = options_.run.settings_for(program);
    const auto visible = static_cast<std::size_t>(program.topology->visible());
    Samples samples{
        program.picture(), {}, asked_classes(*program.topology, settings, shares, n), settings};
    samples.source.count = n;
    samples.source.at_once = static_cast<int>(std::min(kValuesAtOnce / visible, std::size_t(n)));
    samples.source.make = [this, &program, settings, shares, n](ItemRange part) {
      const auto source = [&](const RunSettings& run, int some, const auto& progress) {
        return heat_->generate(run, some, progress);
      };
      return generate_in_shares(*program.topology, source, settings, shares, n, part,
                                [&](int done) {
                                  line_->update(made_ + done);
                                  return go_on();
                                })
          .pictures;
    };
    return samples;
  }

  Report judge(const Samples& samples, const Reference& reference) {
    const int n = samples.count(), own = ranks_.share(n).size();
    Report report;
    const FrechetEvaluator evaluator(reference.classifier, reference.train, reference.test, pool_,
                                     ranks_);
    check();
    // Of some of them the pictures are needed again.
    kept_.shape = samples.shape;
    const int kept = options_.inception.empty() ? std::min(options_.nearest, n) : n;
    const auto pixels = static_cast<std::size_t>(samples.shape.size());
    kept_.values.resize(static_cast<std::size_t>(kept) * pixels);
    SampleSource source = samples.source;
    source.make = [&](ItemRange part) {
      auto pictures = samples.source.make(part);
      const auto some =
          static_cast<std::size_t>(std::max(0, std::min(part.end, kept) - part.begin));
      if (some > 0 && pictures.size() >= some * pixels)
        std::copy_n(
            pictures.begin(), some * pixels,
            kept_.values.begin() + static_cast<std::ptrdiff_t>(std::size_t(part.begin) * pixels));
      made_ += part.size();
      return pictures;
    };
    stage("samples judged", own, [&](const auto& progress, std::stop_token stop) {
      report.score = evaluator.evaluate(source, pool_, progress, stop);
    });
    evaluator.gather(std::span(kept_.values), kept, n);
    if (heat_) heat_->gather(ranks_);
    const PixelGaussian gaussian(reference.train, pool_);
    check();
    stage("samples of the pixel Gaussian", own, [&](const auto& progress, std::stop_token stop) {
      report.gaussian = gaussian_distance(evaluator, gaussian, n, pool_, progress, stop);
    });
    // What is left is little, and for the one that prints it.
    if (ranks_.is_first()) compare_pictures(report, reference);
    return report;
  }

  double measure_fid(const InceptionNetwork& network, const ImageSet& test) {
    const int total = kept_.count() + test.count();
    ProgressLine line("pictures through Inception-v3", total);
    const auto [width, height, channels] = kept_.shape;
    const auto fit = [&](std::span<const float> pictures, int before) {
      std::stop_source stop;
      const auto features = inception_features(
          network, pictures, width, height, pool_,
          [&](int done) {
            line.update(before + done);
            if (interrupt_.interrupted()) stop.request_stop();
          },
          stop.get_token());
      check();
      return fit_gaussian(features, kInceptionFeatures);
    };
    const auto generated = fit(kept_.values, 0);
    return frechet_distance(generated, fit(unit_pixels(test, 0, test.count()), kept_.count()));
  }

  /// Of what generate_samples() made; null if it made nothing.
  const HeatMeter* heat() const { return heat_ ? &*heat_ : nullptr; }

 private:
  /// Beside real pictures: manifolds of features, and nearest pictures.
  void compare_pictures(Report& report, const Reference& reference) {
    const int compared = std::min(
        {report.score.samples, kKeptFeatures, reference.test.count(), reference.train.count()});
    if (compared > kManifoldNeighbours) {
      const auto test = features_of(reference, reference.test, compared);
      const std::span made = report.score.features;
      report.manifold = compare("samples compared", test, made.first(test.size()));
      report.manifold_real = compare("real pictures compared", test,
                                     features_of(reference, reference.train, compared));
    }
    if (options_.nearest > 0) {
      const int real = std::min(options_.nearest, reference.test.count());
      Pictures some = kept_;
      report.nearest_samples = std::min(options_.nearest, some.count());
      some.values.resize(std::size_t(report.nearest_samples) * some.shape.size());
      const auto nearest = find_nearest("samples searched for", some.values, reference.train);
      report.nearest = summarise(nearest);
      report.nearest_test = summarise(find_nearest(
          "real pictures searched for",
          unit_pixels_of(reference.test, draw_pictures(reference.test, real)), reference.train));
      if (!options_.nearest_grid.empty()) write_pairs(some, nearest, reference.train);
    }
  }

  /// Asked within the work; after Ctrl-C it shall stop.
  bool go_on() {
    if (interrupt_.interrupted()) stop_.request_stop();
    return !stop_.stop_requested();
  }
  void check() const {
    if (interrupt_.interrupted()) throw Cancelled{};
  }

  /// Runs work(progress, stop) with a line that counts up to `total`.
  template <class Work>
  void stage(const std::string& unit, int total, const Work& work) {
    line_.emplace(unit, total);
    const std::function<void(double)> progress = [&](double fraction) {
      line_->update(std::llround(fraction * total));
      go_on();
    };
    work(progress, stop_.get_token());
    line_.reset();
    check();
  }

  std::vector<float> features_of(const Reference& reference, const ImageSet& set, int count) {
    return reference.classifier.judge(unit_pixels_of(set, draw_pictures(set, count)), pool_)
        .features;
  }

  PrecisionRecall compare(const std::string& unit, std::span<const float> real,
                          std::span<const float> other) {
    PrecisionRecall result;
    stage(unit, int(other.size()) / kClassifierFeatures,
          [&](const auto& progress, std::stop_token stop) {
            result = precision_recall(real, other, kClassifierFeatures, pool_, progress, stop);
          });
    return result;
  }

  std::vector<NearestPicture> find_nearest(const std::string& unit, std::span<const float> pictures,
                                           const ImageSet& train) {
    std::vector<NearestPicture> nearest;
    stage(unit, static_cast<int>(pictures.size()) / train.shape().size(),
          [&](const auto& progress, std::stop_token stop) {
            nearest = nearest_pictures(pictures, train, pool_, progress, stop);
          });
    return nearest;
  }

  /// Generated | nearest: a row for each class, the closest pairs first. There memorised pictures
  /// would be; without the rows all of them would be ones, which are all alike.
  void write_pairs(const Pictures& pictures, const std::vector<NearestPicture>& nearest,
                   const ImageSet& train) const {
    std::vector<std::size_t> order(nearest.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return nearest[i].distance; });
    const bool labelled = std::ranges::any_of(train.labels, [](auto label) { return label != 0; });
    const int rows = labelled ? kClasses : 1;
    const std::size_t in_row = labelled ? kPairColumns : kPairColumns * kClasses;
    std::vector<float> pairs;
    for (int row = 0; row < rows; ++row) {
      std::size_t found = 0;
      for (const std::size_t i : order)
        if (train.labels[nearest[i].index] == row && found < in_row) {
          append_pair(pairs, pictures.picture(static_cast<int>(i)),
                      unit_pixels(train, nearest[i].index, 1), pictures.shape.width);
          ++found;
        }
      // Black where there are none.
      pairs.resize(pairs.size() + (in_row - found) * 2 * std::size_t(pictures.shape.size()));
    }
    write_png(
        options_.nearest_grid,
        tile_grid(pairs, {2 * pictures.shape.width, pictures.shape.height, pictures.shape.channels},
                  kPairColumns, {.gutter = 4, .scale = 2}));
  }

  static void append_pair(std::vector<float>& pairs, std::span<const float> left,
                          std::span<const float> right, int width) {
    const auto row = static_cast<std::size_t>(width);
    for (std::size_t begin = 0; begin < left.size(); begin += row)
      for (const auto& picture : {left, right}) {
        const auto part = picture.subspan(begin, row);
        pairs.insert(pairs.end(), part.begin(), part.end());
      }
  }

  const EvalOptions& options_;
  Ranks& ranks_;
  InterruptScope interrupt_;
  std::stop_source stop_;
  ThreadPool pool_;
  std::optional<HeatMeter> heat_;
  std::optional<ProgressLine> line_;  ///< of the stage
  int made_ = 0;                      ///< by the program, here
  Pictures kept_;                     ///< the first ones, or all
};

std::string describe(const EvalOptions& options, const Reference& reference, const Report& r,
                     const HeatMeter* heat) {
  const FrechetScore& s = r.score;
  std::string line = fmt::format(
      "{}: FCD {:.2f} (floor {:.2f}), {}, {} samples, class entropy {:.3f} nats, confidence {:.3f}",
      legible(options.name()), s.distance, s.floor,
      r.relative() ? fmt::format("relative FCD {:.4f}", *r.relative())
                   : fmt::format("no relative FCD (the pictures of {} are all alike)",
                                 legible(reference.name)),
      s.samples, s.class_entropy, s.confidence);
  if (r.manifold)
    line +=
        fmt::format(", precision {:.3f}, recall {:.3f} (real training pictures: {:.3f}, {:.3f})",
                    r.manifold->precision, r.manifold->recall, r.manifold_real->precision,
                    r.manifold_real->recall);
  if (r.nearest_samples > 0)
    line += fmt::format(
        ", nearest training picture {:.2f} on average and {:.2f} at least (real test pictures: "
        "{:.2f}, {:.2f})",
        r.nearest.mean, r.nearest.least, r.nearest_test.mean, r.nearest_test.least);
  if (r.label_accuracy)
    line += fmt::format(", read as the class asked for {:.1f} %", 100 * *r.label_accuracy);
  if (r.fid) line += fmt::format(", FID {:.2f}", *r.fid);
  if (heat && !heat->text().empty()) line += ", " + heat->text();
  return line;
}

nlohmann::ordered_json to_json(const EvalOptions& options, const Samples& samples,
                               const Reference& reference, const Report& r, const HeatMeter* heat) {
  using Json = nlohmann::ordered_json;
  const FrechetScore& s = r.score;
  const auto searched = [&](double value) { return r.nearest_samples > 0 ? Json(value) : Json(); };
  Json json{{"subject", options.subject},
            {"dataset", reference.name},
            {"samples", s.samples},
            {"fcd", s.distance},
            {"fcd_floor", s.floor},
            {"fcd_gaussian", r.gaussian},
            {"relative_fcd", r.relative() ? Json(*r.relative()) : Json()},
            {"class_entropy", s.class_entropy},
            {"class_histogram", s.histogram},
            {"confidence", s.confidence},
            {"precision", r.manifold ? Json(r.manifold->precision) : Json()},
            {"recall", r.manifold ? Json(r.manifold->recall) : Json()},
            {"precision_real", r.manifold ? Json(r.manifold_real->precision) : Json()},
            {"recall_real", r.manifold ? Json(r.manifold_real->recall) : Json()},
            {"label_accuracy", r.label_accuracy ? Json(*r.label_accuracy) : Json()},
            {"nearest_samples", r.nearest_samples},
            {"nearest_train_mean", searched(r.nearest.mean)},
            {"nearest_train_min", searched(r.nearest.least)},
            {"nearest_test_mean", searched(r.nearest_test.mean)},
            {"nearest_test_min", searched(r.nearest_test.least)},
            {"fid", r.fid ? Json(*r.fid) : Json()},
            {"fid_reference_samples", r.fid ? Json(reference.test.count()) : Json()}};
  // How the samples were made; null when they came in a file.
  const auto made = to_json(samples.settings.value_or(RunSettings{}), options.hardware);
  for (const auto& [key, value] : made.items()) json[key] = samples.settings ? value : Json();
  if (heat) heat->add_to(json);
  return json;
}

/// Samples that are there already; of those of a manifest one file is in memory at a time.
Samples samples_in(const EvalOptions& options) {
  struct File {
    Pictures pictures;
    std::size_t number = 0;
  };
  const auto here = std::make_shared<File>();
  SampleManifest manifest;
  if (options.is_manifest())
    manifest = read_manifest(options.subject);
  else
    manifest.shards.push_back({options.subject, 0});
  here->pictures = read_pictures(manifest.shards.front().file.string());
  if (!options.is_manifest())
    manifest.samples = manifest.shards.front().samples = here->pictures.count();
  const int there = std::min(manifest.samples, kMaxSamples);
  const int wanted = options.samples.value_or(there);
  if (wanted > there)
    fail("{}: holds {} pictures; --samples asks for {}", options.subject, there, wanted);
  Samples samples{here->pictures.shape, {}};
  samples.source.count = wanted;
  samples.source.make = [here, manifest, shape = samples.shape](ItemRange part) {
    const auto size = static_cast<std::size_t>(shape.size());
    std::vector<float> pictures;
    int begin = 0;  // of the file
    for (std::size_t i = 0; i < manifest.shards.size() && begin < part.end; ++i) {
      const auto& [file, count] = manifest.shards[i];
      const int first = std::max(part.begin, begin), last = std::min(part.end, begin + count);
      if (first < last) {
        if (here->number != i) *here = {read_pictures(file.string()), i};
        if (here->pictures.shape != shape || here->pictures.count() != count)
          fail("{}: does not hold {} pictures of {}, as the manifest says", file.string(), count,
               words(shape));
        const auto from = std::span(here->pictures.values)
                              .subspan(static_cast<std::size_t>(first - begin) * size,
                                       static_cast<std::size_t>(last - first) * size);
        pictures.insert(pictures.end(), from.begin(), from.end());
      }
      begin += count;
    }
    return pictures;
  };
  return samples;
}

void check_grid(const EvalOptions& options) {
  if (options.nearest_grid.empty()) return;
  if (std::filesystem::path(options.nearest_grid).extension() != ".png")
    fail("--nearest-grid {}: the extension must be .png", options.nearest_grid);
  if (options.nearest == 0) fail("--nearest-grid needs --nearest of at least 1");
  const AtomicFile probe(options.nearest_grid);  // a folder that cannot be written shows itself now
}

/// All that the ranks must have been told alike, as text.
std::string told(const EvalOptions& o) {
  return fmt::format(
      "{} {} {} {} {} {} {}", o.subject, o.reference, o.classifier, o.samples.value_or(0),
      o.nearest, o.inception,
      dump_json(nlohmann::ordered_json{o.run.seed, o.run.steps_per_chunk.value_or(0),
                                       o.run.integrator ? name_of(*o.run.integrator) : "",
                                       o.run.noise_width, o.run.temperature.value_or(-1),
                                       o.run.label, to_json(RunSettings{}, o.hardware)}));
}

void evaluate(const EvalOptions& options) {
  // All that can be wrong is found before the work starts.
  check_grid(options);
  validate(options.hardware);
  Ranks& ranks = launched_ranks();
  check_alike(ranks, {{"does another thing", digest_of("eval")},
                      {"was told otherwise", digest_of(told(options))}});
  std::optional<Model> model;
  std::optional<Samples> samples;
  std::string dataset;
  PictureShape shape;
  if (options.is_model()) {
    model = load_model(model_file(options.subject));
    shape = model->program.picture();
    if (const std::string named = trained_on(*model); named == "mnist" || named == "fashion")
      dataset = named;
    options.run.settings_for(model->program);
  } else {
    samples = samples_in(options);
    shape = samples->shape;
  }
  const Reference reference =
      load_reference(options.reference, options.classifier, dataset, options.subject);
  check_alike(ranks, {{"has another model", model ? digest_of(model->program.values) : 0},
                      {"has other samples", samples ? std::uint64_t(samples->count()) : 0},
                      {"has other real pictures",
                       digest_of(reference.train.pixels) + digest_of(reference.test.pixels)},
                      {"has another classifier", digest_of(reference.classifier.parameters())}});
  if (shape != reference.classifier.picture())
    fail("{}: shows pictures of {}; the classifier judges {}", options.subject, words(shape),
         words(reference.classifier.picture()));
  if (!options.inception.empty() && shape.channels != 1)
    fail("--inception: only grey pictures go through Inception-v3; these are in colour");

  std::optional<InceptionNetwork> inception;
  if (!options.inception.empty()) inception.emplace(InceptionNetwork::load(options.inception));

  Evaluation evaluation(options, ranks);
  if (model) samples = evaluation.samples_of(model->program, class_shares(reference.train.labels));
  Report report = evaluation.judge(*samples, reference);
  if (!ranks.is_first()) return;
  if (!samples->asked.empty())
    report.label_accuracy = share_as_asked(report.score.classes, samples->asked);
  if (inception) report.fid = evaluation.measure_fid(*inception, reference.test);
  if (options.json)
    print_out("{}\n",
              dump_json(to_json(options, *samples, reference, report, evaluation.heat()), 2));
  else
    print_out("{}\n", describe(options, reference, report, evaluation.heat()));
}

}  // namespace

void add_eval(CLI::App& app) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* command = app.add_subcommand("eval", "Measure how good generated pictures are");
  command
      ->add_option("MODEL|SAMPLES", options->subject,
                   "A model (file or shipped name), or pictures: (n, height, width), floats "
                   "in [0, 1] or bytes, as .npy; or the folder of `sample --shard`")
      ->required();
  add_reference_options(*command, options->reference, options->classifier);
  add_number(*command, "--samples", options->samples,
             "How many to judge. Default: 10000 of a model, all of a file")
      ->check(CLI::Range(2, kMaxSamples).description(""))
      ->type_name("N");
  add_number(*command, "--nearest", options->nearest,
             "For how many samples the nearest training picture is searched; 0: none")
      ->check(CLI::Range(0, kMaxSamples).description(""))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--nearest-grid", options->nearest_grid,
                   "Write the closest pairs of each class, generated beside nearest, as a .png")
      ->type_name("FILE");
  command
      ->add_option(
          "--inception", options->inception,
          "Weights of Inception-v3 (docs/metrics.md): measure the FID as well, which takes "
          "long")
      ->type_name("FILE");
  std::vector<const CLI::Option*> shared;
  for (const CLI::Option* option : command->get_options()) shared.push_back(option);
  add_run_options(*command, options->run);
  add_hardware_options(*command, options->hardware);
  std::vector<const CLI::Option*> of_models;
  for (const CLI::Option* option : command->get_options())
    if (std::ranges::find(shared, option) == shared.end()) of_models.push_back(option);
  add_threads_option(*command, options->threads);
  add_json_flag(*command, options->json);
  command->callback([options, of_models] {
    std::error_code ignored;
    if (std::filesystem::is_directory(options->subject, ignored))
      options->subject = (std::filesystem::path(options->subject) / "manifest.json").string();
    if (!options->is_model())
      for (const CLI::Option* option : of_models)
        if (option->count() > 0)
          fail("{} is for models; {} holds samples that are there already", option->get_name(),
               options->subject);
    evaluate(*options);
  });
}

}  // namespace phaseloom
