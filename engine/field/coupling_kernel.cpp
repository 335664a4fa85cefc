// SPDX-License-Identifier: MIT
#include "engine/field/coupling_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "engine/field/check_range.hpp"

namespace phaseloom {
namespace {

using Part = CouplingKernel::Part;

double sum_of(const std::vector<double>& weights) {
  return std::accumulate(weights.begin(), weights.end(), 0.);
}

/// The product of a profile with itself, scaled so that all weights but the middle one's sum is
/// `total`. The profile is 1 in its middle.
Part square_of(const std::vector<double>& profile, double total) {
  const double sum = sum_of(profile);
  Part part{profile, profile};
  for (double& w : part.down) w *= total / (sum * sum - 1);
  return part;
}

/// Places that a Gaussian reaches.
int reach_of(double sigma) { return static_cast<int>(kGaussianReach * sigma); }

std::vector<double> gaussian(int radius, double sigma) {
  std::vector<double> profile;
  for (int d = -radius; d <= radius; ++d)
    profile.push_back(std::abs(d) > reach_of(sigma) ? 0 : std::exp(-d * d / (2 * sigma * sigma)));
  return profile;
}

int effective_radius(const KernelSettings& s) {
  switch (s.shape) {
    case KernelShape::gaussian:
      return std::min(s.radius, reach_of(s.sigma));
    case KernelShape::difference:
      return std::min(s.radius, reach_of(std::max(s.sigma, s.surround_sigma)));
    case KernelShape::square:
    case KernelShape::cross:
      break;
  }
  return s.radius;
}

std::vector<Part> cross(int radius) {
  const std::size_t size = std::size_t(2) * radius + 1, middle = size / 2;
  std::vector<double> arm(size, 1 / (4. * radius)), own(size, 0);
  arm[middle] = 0;
  own[middle] = 1;
  return {{arm, own}, {own, arm}};
}

std::vector<Part> make_parts(const KernelSettings& s, int radius) {
  switch (s.shape) {
    case KernelShape::gaussian:
      return {square_of(gaussian(radius, s.sigma), 1)};
    case KernelShape::square:
      return {square_of(std::vector<double>(static_cast<std::size_t>(2 * radius + 1), 1.), 1)};
    case KernelShape::cross:
      return cross(radius);
    case KernelShape::difference:
      break;
  }
  return {square_of(gaussian(radius, s.sigma), 1),
          square_of(gaussian(radius, s.surround_sigma), -s.surround_share)};
}

}  // namespace

void validate(const KernelSettings& s) {
  check_field_range("the kernel's radius", s.radius, 1, kMaxKernelRadius);
  check_field_range("the kernel's sigma", s.sigma, kMinKernelSigma, kMaxKernelSigma);
  check_field_range("the kernel's surround_sigma", s.surround_sigma, kMinKernelSigma,
                    kMaxKernelSigma);
  check_field_range("the kernel's surround_share", s.surround_share, 0, 2);
}

CouplingKernel::CouplingKernel(const KernelSettings& settings) {
  validate(settings);
  radius_ = effective_radius(settings);
  parts_ = make_parts(settings, radius_);
  centre_ = sum_of_parts(0, 0);
}

double CouplingKernel::sum_of_parts(int dx, int dy) const {
  double sum = 0;
  for (const Part& part : parts_) sum += part.across[dx + radius_] * part.down[dy + radius_];
  return sum;
}

double CouplingKernel::weight(int dx, int dy) const {
  if (std::abs(dx) > radius_ || std::abs(dy) > radius_ || (dx == 0 && dy == 0)) return 0;
  return sum_of_parts(dx, dy);
}

}  // namespace phaseloom
