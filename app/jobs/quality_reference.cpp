// SPDX-License-Identifier: MIT
#include "app/jobs/quality_reference.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/document/assets.hpp"

namespace phaseloom {
namespace {

Classifier shipped(const std::string& dataset, std::string_view kind) {
  return Classifier::load(asset_path(fmt::format("models/{}-{}.safetensors", dataset, kind)));
}

}  // namespace

Classifier shipped_classifier(const std::string& dataset) { return shipped(dataset, "classifier"); }

QualityReference::QualityReference(std::string name, Classifier c, const ImageSet& train,
                                   const ImageSet& test, ThreadPool& pool, Ranks& ranks)
    : dataset(std::move(name)),
      classifier(std::move(c)),
      evaluator(classifier, train, test, pool, ranks),
      picture(test.shape()) {}

std::unique_ptr<FeatureNet> features_for(Loss loss, const std::string& dataset) {
  if (!info(loss).needs_features) return nullptr;
  const Classifier features = shipped(dataset, "features");
  return std::make_unique<FeatureNet>(features.parameters(), features.picture());
}

}  // namespace phaseloom
