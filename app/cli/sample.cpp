// SPDX-License-Identifier: MIT
// `phaseloom sample`: pictures out of noise, into a file.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/cli/heat_meter.hpp"
#include "app/cli/number_option.hpp"
#include "app/cli/options.hpp"
#include "app/cli/output.hpp"
#include "app/cli/progress.hpp"
#include "app/cli/sample_shards.hpp"
#include "app/cli/sample_sink.hpp"
#include "app/document/assets.hpp"
#include "engine/data/dump_json.hpp"
#include "engine/network/model_file.hpp"
#include "engine/support/alike.hpp"
#include "engine/support/digest.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/printable.hpp"
#include "engine/support/ranks.hpp"

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
  int shard = 0;                    ///< pictures in a file of a folder; 0: one file
  std::optional<std::string> part;  ///< of the files, that are to be made
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

/// Makes pictures by their numbers, and says how far it is.
class Maker {
 public:
  /// @param here samples that this process makes
  Maker(const SampleOptions& options, const Program& program, int here)
      : kept_(options.shard > 0 ? "files that are whole stay, and the same line goes on"
                                : Cancelled{}.kept),
        pool_(options.threads),
        meter_(program, options.hardware, pool_),
        settings_(options.run.settings_for(program)),
        piece_(static_cast<int>(std::clamp<std::size_t>(
            kPieceValues / static_cast<std::size_t>(program.topology->visible()), 1, 1 << 16))),
        line_("samples", here) {}

  std::vector<float> make(ItemRange samples) {
    if (samples.size() == 0) return {};
    settings_.first_sample = static_cast<std::uint64_t>(samples.begin);
    auto pictures = meter_.generate(settings_, samples.size(), [&](int now) {
      line_.update(done_ + now);
      return !interrupt_.interrupted();
    });
    if (interrupt_.interrupted()) throw Cancelled{kept_};
    done_ += samples.size();
    return pictures;
  }
  int piece() const { return piece_; }
  const RunSettings& settings() const { return settings_; }
  HeatMeter& meter() { return meter_; }
  ProgressLine& line() { return line_; }

 private:
  InterruptScope interrupt_;
  const char* kept_;  ///< after Ctrl-C
  ThreadPool pool_;
  HeatMeter meter_;
  RunSettings settings_;
  int piece_;
  ProgressLine line_;
  int done_ = 0;
};

/// Into one file. Ranks take turns, so that the first one can write what comes in its order.
void fill(SampleSink* sink, Maker& maker, int n, PictureShape picture, Ranks& ranks) {
  // So that even a few samples are shared.
  const int piece = std::min(maker.piece(), (n + ranks.size() - 1) / ranks.size());
  const auto part_of = [&](std::int64_t number) {
    const auto begin = std::min<std::int64_t>(n, number * piece);
    return ItemRange{int(begin), int(std::min<std::int64_t>(n, begin + piece))};
  };
  std::vector<float> received;
  for (std::int64_t first = 0; first * piece < n; first += ranks.size()) {
    const auto own = maker.make(part_of(first + ranks.rank()));
    if (ranks.is_first())
      sink->append(own);
    else if (!own.empty())
      ranks.start_send(std::as_bytes(std::span(own)), 0);
    for (int r = 1; r < ranks.size() && ranks.is_first(); ++r) {
      received.resize(std::size_t(part_of(first + r).size()) * std::size_t(picture.size()));
      if (received.empty()) break;
      ranks.start_receive(std::as_writable_bytes(std::span(received)), r);
      while (ranks.finish_any() >= 0) continue;
      sink->append(received);
    }
    while (ranks.finish_any() >= 0) continue;
  }
}

/// Into files of their own, those that are not there already.
void fill(const SampleShards& shards, Maker& maker, ItemRange own, PictureShape picture) {
  for (int shard = own.begin; shard < own.end; ++shard) {
    if (shards.is_there(shard)) continue;
    const ItemRange samples = shards.samples_of(shard);
    const auto sink = npy_sink(shards.file_of(shard), samples.size(), picture);
    for (int begin = samples.begin; begin < samples.end; begin += maker.piece())
      sink->append(maker.make({begin, std::min(samples.end, begin + maker.piece())}));
    sink->commit();
  }
}

/// "3/20" is the third of twenty; as even as can be.
ItemRange part_of(int items, const std::string& part) {
  int which = 0, of = 0;
  const bool digits = part.find_first_not_of("0123456789/") == std::string::npos;
  char rest = 0;
  if (!digits || std::sscanf(part.c_str(), "%9d/%9d%c", &which, &of, &rest) != 2 || which < 1 ||
      of < which)
    fail("--part {}: must be WHICH/OF, from 1/OF to OF/OF, e.g. 3/20", printable(part));
  const auto at = [&](int w) { return static_cast<int>(std::int64_t{items} * w / of); };
  return {at(which - 1), at(which)};
}

/// That all ranks are about to make the same.
void check_ranks(const SampleOptions& options, const Program& program, Ranks& ranks) {
  const nlohmann::ordered_json told{to_json(options.run.settings_for(program), options.hardware),
                                    options.n, options.out, options.shard,
                                    options.part.value_or("")};
  check_alike(ranks, {{"does another thing", digest_of("sample")},
                      {"was told otherwise", digest_of(dump_json(told))},
                      {"has another model", digest_of(program.values)}});
}

void sample_shards(const SampleOptions& options, const Program& program, Ranks& ranks) {
  nlohmann::ordered_json run{{"model", options.model},
                             {"network", fmt::format("{:016x}", digest_of(program.values))},
                             {"instruction_set", isa_name(active_isa())}};
  run.update(to_json(options.run.settings_for(program), options.hardware));
  const SampleShards shards(options.out, run, options.n, options.shard, program.picture());
  const ItemRange part =
      options.part ? part_of(shards.count(), *options.part) : ItemRange{0, shards.count()};
  ItemRange own = ranks.share(part.size());
  own = {part.begin + own.begin, part.begin + own.end};
  std::int64_t here = 0;
  for (int shard = own.begin; shard < own.end; ++shard)
    if (!shards.is_there(shard)) here += shards.samples_of(shard).size();
  Maker maker(options, program, int(here));
  fill(shards, maker, own, program.picture());
  ranks.wait_for_all();
  if (!ranks.is_first()) return;
  const int there = shards.finish();  // of this and of other processes
  maker.line().clear();
  if (there < shards.count())
    print_out("{} of {} files are in {}; other parts, or the same line again, make the rest\n",
              there, shards.count(), legible(options.out));
}

void sample(const SampleOptions& options) {
  // All that can be wrong is found before the work starts.
  validate(options.hardware);
  if (options.shard == 0) check_extension(options.out);
  if (options.shard == 0 && options.part)
    fail("--part: one file is not made in parts; --shard says how many pictures shall be in each");
  const Model model = load_named_model(options.model);
  const Program& program = model.program;
  Ranks& ranks = launched_ranks();
  check_ranks(options, program, ranks);
  if (options.shard > 0) {
    if (options.json) fail("--json: run.json in the folder says how the pictures were made");
    return sample_shards(options, program, ranks);
  }
  const auto sink = ranks.is_first() ? open_sink(options, program.picture()) : nullptr;
  Maker maker(options, program, options.n / ranks.size());
  fill(sink.get(), maker, options.n, program.picture(), ranks);
  HeatMeter& meter = maker.meter();
  meter.gather(ranks);
  if (!ranks.is_first()) return;
  sink->commit();
  maker.line().clear();
  if (options.json)
    print_out("{}\n", dump_json(to_json(options, maker.settings(), meter), 2));
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
                   "x.npy: float32 (n, height, width) in [0, 1]; x.png: all in one picture; a "
                   "folder with --shard")
      ->required()
      ->type_name("FILE");
  add_number(*command, "--shard", options->shard,
             "So many in each .npy of a folder, with a manifest; files that are there stay")
      ->check(CLI::Range(1, kMaxSamples).description(""))
      ->type_name("N");
  command
      ->add_option("--part", options->part,
                   "Of the files of a folder only these, e.g. 3/20: others make the rest")
      ->type_name("WHICH/OF");
  add_json_flag(*command, options->json);
  add_run_options(*command, options->run);
  add_threads_option(*command, options->threads);
  add_hardware_options(*command, options->hardware);
  command->callback([options] { sample(*options); });
}

}  // namespace phaseloom
