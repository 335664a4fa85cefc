// SPDX-License-Identifier: MIT
#include "app/jobs/training_material.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/support/error.hpp"
#include "engine/support/of_each.hpp"

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
                             const std::function<bool()>& stopped, Ranks& ranks) {
  if (say) say(fmt::format("Reading {}", dataset));
  read(dataset, source);
  if (stopped && stopped()) return false;
  if (!quality_reference_ || quality_reference_->dataset != dataset) {
    if (say) say("Preparing to measure quality");
    fetch_quality_reference(dataset, source, pool, ranks);
  }
  if (stopped && stopped()) return false;
  features_ = features_for(loss, dataset);
  return true;
}

void TrainingMaterial::fetch_quality_reference(const std::string& dataset,
                                               const PictureSource& source, ThreadPool& pool,
                                               Ranks& ranks) {
  quality_reference_.reset();
  why_not_.clear();
  std::optional<Classifier> classifier;
  ImageSet test;
  try {
    classifier.emplace(shipped_classifier(dataset));
    test = source(dataset, Split::test);
  } catch (const Error& error) {
    why_not_ = error.what();
  }
  // Looks are the work of all ranks, or of none.
  const auto able = of_each(ranks, static_cast<std::uint8_t>(why_not_.empty()));
  if (!why_not_.empty()) return;
  if (const auto unable = std::ranges::find(able, 0); unable != able.end()) {
    why_not_ = fmt::format("rank {} has no test pictures or no classifier", unable - able.begin());
    return;
  }
  try {
    quality_reference_ = std::make_unique<QualityReference>(dataset, std::move(*classifier),
                                                            images_, test, pool, ranks);
  } catch (const Error& error) {
    why_not_ = error.what();
  }
}

}  // namespace phaseloom
