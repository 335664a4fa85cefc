// SPDX-License-Identifier: MIT
#include "engine/learning/losses/drift_loss.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace phaseloom {
namespace {

// Near and far neighbours both have a say (*).
constexpr float kTemperatures[] = {0.05f, 0.1f, 0.2f};
// The near ones point much the same way; the far one hardly has anything in common with them (*).
constexpr float kFarWeight = 2;

/// Distances between the rows of a and those of b.
Eigen::MatrixXf distances(const FeatureMatrix& a, const FeatureMatrix& b) {
  Eigen::MatrixXf square = -2 * a * b.transpose();
  square.colwise() += a.rowwise().squaredNorm();
  square.rowwise() += b.rowwise().squaredNorm().transpose();
  return square.cwiseMax(0.0f).cwiseSqrt();
}

}  // namespace

DriftLoss::DriftLoss(const FeatureNet& net, const TrainSettings& settings, const ImageSet& images,
                     int labels, ThreadPool& pool, TrainingRanks ranks)
    : settings_(settings),
      features_(net, settings, images, labels, pool, ranks.ranks),
      kinds_(static_cast<std::size_t>(kinds_of(range_of(settings))),
             Kind{FarDrift(features_.real_moments()), {}}) {}

FeatureMatrix DriftLoss::field(const FeatureMatrix& x, const FeatureMatrix& positives,
                               const FeatureMatrix& negatives, float temperature) {
  const auto n = x.rows(), p = positives.rows(), m = negatives.rows();
  Eigen::MatrixXf away(n, p + m);
  away.leftCols(p) = distances(x, positives);
  away.rightCols(m) = distances(x, negatives);
  const float unit = temperature * away.leftCols(p).mean();
  away.rightCols(m).diagonal().setConstant(std::numeric_limits<float>::infinity());
  // Normalised over all neighbours of a picture and over all pictures of a neighbour; the geometric
  // mean of both, so that a far picture is drawn as strongly as a near one.
  Eigen::MatrixXf rows = (-away / unit).colwise() - (-away / unit).rowwise().maxCoeff();
  rows = rows.array().exp();
  rows.array().colwise() /= rows.rowwise().sum().array();
  Eigen::MatrixXf columns = (-away / unit).rowwise() - (-away / unit).colwise().maxCoeff();
  columns = columns.array().exp();
  columns.array().rowwise() /= columns.colwise().sum().array();
  const Eigen::MatrixXf affinity = (rows.array() * columns.array()).sqrt();
  Eigen::MatrixXf attract = affinity.leftCols(p), repel = affinity.rightCols(m);
  const Eigen::VectorXf attraction = attract.rowwise().sum(), repulsion = repel.rowwise().sum();
  attract.array().colwise() *= repulsion.array();
  repel.array().colwise() *= attraction.array();
  return attract * positives - repel * negatives;
}

LossReport DriftLoss::pull(const GeneratedBatch& batch, AlignedVector<float>& d_pictures) {
  auto& [far, earlier] = kinds_[static_cast<std::size_t>(batch.kind)];
  FeatureMatrix fresh = features_.generated(batch.pictures);
  const auto n = fresh.rows();
  const auto sets = static_cast<Eigen::Index>(earlier.size()) + 1;
  FeatureMatrix negatives(n * sets, fresh.cols());
  negatives.topRows(n) = fresh;
  for (Eigen::Index s = 1; s < sets; ++s) negatives.middleRows(n * s, n) = earlier[s - 1];
  const FeatureMatrix positives =
      features_.real(batch.iteration, 0, static_cast<int>(negatives.rows()), batch.classes);

  LossReport report;
  FeatureMatrix drift = FeatureMatrix::Zero(n, fresh.cols());
  // Each part has the same say, however small it has become.
  const auto add = [&](const FeatureMatrix& part, float say) {
    const double strength = double{part.squaredNorm()} / double(part.size());
    report.distance += strength;
    if (strength > 0) drift += part * (say / static_cast<float>(std::sqrt(strength)));
  };
  for (const float temperature : kTemperatures)
    add(field(fresh, positives, negatives, temperature), 1);
  add(far.field(fresh), kFarWeight);
  report.objective = report.distance;
  features_.pull(drift * (-1.0f / static_cast<float>(n)), d_pictures);
  earlier.push_front(std::move(fresh));
  if (earlier.size() > static_cast<std::size_t>(settings_.replay)) earlier.pop_back();
  return report;
}

void DriftLoss::visit_state(StateVisitor& state) {
  for (std::size_t k = 0; k < kinds_.size(); ++k) {
    PrefixedState of_kind(state, k == 0 ? "" : fmt::format("kind{}.", k));
    kinds_[k].far.visit_state(of_kind);
    visit_earlier(of_kind, kinds_[k].earlier, settings_.replay, settings_.batch, features_.size());
  }
}

}  // namespace phaseloom
