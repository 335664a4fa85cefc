// SPDX-License-Identifier: MIT
#include "app/jobs/training_material.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {

bool TrainingMaterial::fetch(const std::string& dataset, Loss loss,
                             const TrainingJobOptions& options, ThreadPool& pool,
                             const std::function<void(std::string_view)>& say,
                             const std::function<bool()>& stopped) {
  say(fmt::format("Reading {}", dataset));
  if (images_.name != dataset || images_.count() == 0) {
    images_ = {};
    images_ = options.load(dataset, Split::train);
  }
  if (stopped()) return false;
  if (!quality_reference_ || quality_reference_->dataset != dataset) {
    say("Preparing to measure quality");
    fetch_quality_reference(dataset, options, pool);
  }
  if (stopped()) return false;
  features_ = features_for(loss, dataset);
  return true;
}

void TrainingMaterial::fetch_quality_reference(const std::string& dataset,
                                               const TrainingJobOptions& options,
                                               ThreadPool& pool) {
  quality_reference_.reset();
  why_not_.clear();
  try {
    auto classifier = shipped_classifier(dataset);
    const ImageSet test = options.load(dataset, Split::test);
    quality_reference_ =
        std::make_unique<QualityReference>(dataset, std::move(classifier), images_, test, pool);
  } catch (const Error& error) {
    why_not_ = fmt::format("quality is not measured: {}", error.what());
  }
}

}  // namespace phaseloom
