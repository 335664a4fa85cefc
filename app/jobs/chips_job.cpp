// SPDX-License-Identifier: MIT
#include "app/jobs/chips_job.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "app/document/trained_on.hpp"
#include "app/jobs/chips_work.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr JobWords kWords{"production of chips", "chips.", "chips.start", "gives its device up"};
constexpr auto kPublishEvery = std::chrono::milliseconds(200);

}  // namespace

ChipsJob::ChipsJob(SweepJobOptions options, bool gated)
    : Job(gated, kWords), options_(std::move(options)) {}

void ChipsJob::start(const ChipsRequest& request) {
  validate(request);
  order_long([this, request](std::stop_token stop) {
    now_ = {};
    now_.request = request;
    now_.total = request.devices * static_cast<int>(request.mismatches.size());
    now_.running = true;
    const auto problem =
        problem_of([&] { run(request, stop); }, "not enough memory to measure chips");
    if (problem) {
      now_.problem = *problem;
      note(true, *problem);
    }
    now_.running = now_.paused = now_.preparing = false;
    now_.seconds_left = 0;
    publish(now_);
  });
}

void ChipsJob::export_to(const std::filesystem::path& file) {
  if (file.extension() != ".csv") fail("chips.export: {} should end in .csv", file.string());
  errand([this, file] {
    if (now_.populations->empty() || now_.populations->front().chips.empty())
      fail("chips.export: no device has been measured yet; chips.start does it");
    write_file_atomically(file, chips_csv(*now_.populations));
    note(false, fmt::format("{}: written", file.string()));
  });
}

// --- the thread ----------------------------------------------------------------------------------

void ChipsJob::run(const ChipsRequest& request, std::stop_token stop) {
  std::vector<ChipPopulation> populations;
  for (const double mismatch : request.mismatches) populations.push_back({mismatch, {}});
  std::vector<std::vector<std::shared_ptr<const std::vector<float>>>> pictures(populations.size());
  prepare(*request.model);
  if (told_to_stop()) return;
  const auto began = Clock::now();
  auto published = began;
  ChipsCallbacks callbacks;
  callbacks.between = [&] {
    const bool going = granted() > 0;
    now_.paused = false;
    return going;
  };
  callbacks.tell = [&](double) {
    if (!gated_) granted();
    now_.paused = false;
  };
  callbacks.made = [&](std::size_t mismatch, const MadeChip& chip) {
    populations[mismatch].chips.push_back(chip.quality);
    pictures[mismatch].push_back(chip.pictures);
    ++now_.done;
    const std::chrono::duration<double> spent = Clock::now() - began;
    now_.seconds_left = gated_ ? 0 : spent.count() / now_.done * (now_.total - now_.done);
    now_.populations = std::make_shared<const std::vector<ChipPopulation>>(populations);
    now_.pictures = std::make_shared<const decltype(pictures)>(pictures);
    if (gated_ || now_.done == 1 || Clock::now() - published >= kPublishEvery) {
      published = Clock::now();
      publish(now_);
    }
  };
  make_chips(request, *meter_, *pool_, callbacks, std::move(stop));
}

void ChipsJob::prepare(const Model& model) {
  const std::string dataset = trained_on(model);
  if (dataset.empty()) fail("{} does not say what it was trained on", model.name);
  now_.dataset = dataset;
  if (!pool_) pool_ = std::make_unique<ThreadPool>(options_.threads);
  if (!meter_ || meter_->dataset() != dataset) {
    meter_.reset();
    now_.preparing = true;
    publish(now_);
    const auto images = [&](Split split) {
      return options_.images ? options_.images(dataset, split) : load_image_set(dataset, split);
    };
    const ImageSet train = images(Split::train), test = images(Split::test);
    if (told_to_stop()) return;
    meter_ = std::make_unique<QualityMeter>(dataset, train, test, *pool_);
    now_.preparing = false;
  }
  now_.picture = meter_->picture();
  publish(now_);
}

void ChipsJob::about_to_rest(bool paused) {
  now_.paused = paused;
  publish(now_);
}

}  // namespace phaseloom
