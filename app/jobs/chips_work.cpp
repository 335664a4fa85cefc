// SPDX-License-Identifier: MIT
#include "app/jobs/chips_work.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

constexpr int kLeastSamples = 100, kMostSamples = 1'000'000;

/// Nothing if it was stopped.
std::optional<MadeChip> make_chip(const ChipsRequest& request, double mismatch,
                                  std::uint64_t device, const QualityMeter& meter, ThreadPool& pool,
                                  const std::function<void(double)>& tell, std::stop_token stop) {
  Hardware hardware = request.hardware;
  hardware.mismatch = mismatch;
  hardware.device = device;
  MadeChip chip;
  chip.quality.device = device;
  try {
    auto measured = meter.measure(request.model->program, hardware, request.settings,
                                  request.samples, ChipsSnapshot::kPictures, pool, tell, stop);
    if (!measured) return std::nullopt;
    if (!measured->relative)
      fail("there is no relative distance: the pictures of {} are all alike", meter.dataset());
    chip.quality.relative = *measured->relative;
    chip.quality.distance = measured->score.distance;
    chip.quality.class_entropy = measured->score.class_entropy;
    chip.pictures = std::make_shared<const std::vector<float>>(std::move(measured->pictures));
  } catch (const Error& error) {
    chip.quality.problem = error.what();
  }
  return chip;
}

}  // namespace

void validate(const ChipsRequest& request) {
  if (!request.model) fail("chips: there is no model to build");
  validate(request.hardware);
  if (request.mismatches.empty()) fail("chips: no mismatch is given; at least one is needed");
  for (std::size_t i = 0; i < request.mismatches.size(); ++i) {
    Hardware hardware;
    hardware.mismatch = request.mismatches[i];
    validate(hardware);
    for (std::size_t j = 0; j < i; ++j)
      if (request.mismatches[j] == request.mismatches[i])
        fail("chips: the mismatch {} is given twice", request.mismatches[i]);
  }
  if (request.devices < 1 || request.devices > kMaxChips)
    fail("chips: {} devices; 1..{} is right", request.devices, kMaxChips);
  if (request.samples < kLeastSamples || request.samples > kMostSamples)
    fail("chips: {} samples of each device; {}..{} is right", request.samples, kLeastSamples,
         kMostSamples);
}

bool make_chips(const ChipsRequest& request, const QualityMeter& meter, ThreadPool& pool,
                const ChipsCallbacks& callbacks, std::stop_token stop) {
  for (std::size_t m = 0; m < request.mismatches.size(); ++m) {
    std::optional<MadeChip> chip;
    for (int i = 0; i < request.devices; ++i) {
      if (callbacks.between && !callbacks.between()) return false;
      const auto device = static_cast<std::uint64_t>(i) + 1;
      const bool same = request.mismatches[m] == 0 && chip;
      if (!same)
        chip = make_chip(request, request.mismatches[m], device, meter, pool, callbacks.tell, stop);
      if (!chip) return false;
      chip->quality.device = device;
      callbacks.made(m, *chip);
    }
  }
  return true;
}

}  // namespace phaseloom
