// SPDX-License-Identifier: MIT
#include "app/jobs/training_material.hpp"

#include <fmt/format.h>

#include <utility>

#include "engine/support/error.hpp"

namespace phaseloom {

const ImageSet& TrainingMaterial::read(const std::string& dataset, const PictureSource& source) {
  if (images_.name != dataset || images_.count() == 0) {
    images_ = {};
    images_ = source(dataset, Split::train);
  }
  return images_;
}

bool TrainingMaterial::fetch(const std::string& dataset, Loss loss, const PictureSource& source,
                             ThreadPool& pool, const std::function<void(std::string_view)>& say,
                             const std::function<bool()>& stopped) {
  if (say) say(fmt::format("Reading {}", dataset));
  read(dataset, source);
  if (stopped && stopped()) return false;
  if (!quality_reference_ || quality_reference_->dataset != dataset) {
    if (say) say("Preparing to measure quality");
    fetch_quality_reference(dataset, source, pool);
  }
  if (stopped && stopped()) return false;
  features_ = features_for(loss, dataset);
  return true;
}

void TrainingMaterial::fetch_quality_reference(const std::string& dataset,
                                               const PictureSource& source, ThreadPool& pool) {
  quality_reference_.reset();
  why_not_.clear();
  try {
    auto classifier = shipped_classifier(dataset);
    const ImageSet test = source(dataset, Split::test);
    quality_reference_ =
        std::make_unique<QualityReference>(dataset, std::move(classifier), images_, test, pool);
  } catch (const Error& error) {
    why_not_ = error.what();
  }
}

}  // namespace phaseloom
