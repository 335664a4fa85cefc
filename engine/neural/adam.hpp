// SPDX-License-Identifier: MIT
#pragma once
// Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), and the
// exponential average of parameters that makes adversarial training usable.

#include <cstdint>
#include <span>

#include "engine/support/aligned.hpp"
#include "engine/support/isa.hpp"
#include "engine/support/parallel.hpp"

namespace phaseloom {

/// Parameters [begin, end) shrink by rate * amount per step.
struct WeightDecay {
  std::size_t begin;
  std::size_t end;
  float amount;
};

class Adam {
 public:
  explicit Adam(std::size_t size, float beta1 = 0.5f, float beta2 = 0.9f, float epsilon = 1e-8f);

  /// One step down the gradients. With a pool the work is shared; the result is the same.
  void step(std::span<float> parameters, std::span<const float> gradients, float rate,
            std::span<const WeightDecay> decays = {}, ThreadPool* pool = nullptr);

  /// The whole state, for checkpoints.
  std::span<float> first_moment() { return first_; }
  std::span<float> second_moment() { return second_; }
  std::int64_t& steps() { return steps_; }

 private:
  AlignedVector<float> first_, second_;
  float beta1_, beta2_, epsilon_;
  std::int64_t steps_ = 0;
};

/// average = keep * average + (1 - keep) * parameters.
void update_average(std::span<float> average, std::span<const float> parameters, float keep);

struct AdamJob {
  float *parameters, *first, *second;
  const float* gradients;
  std::size_t size;
  float beta1, beta2, epsilon;
  float rate;   // rate / (1 - beta1^t)
  float scale;  ///< 1 / sqrt(1 - beta2^t)
};
struct AdamKernels {
  void (*step)(const AdamJob&);
  void (*average)(float* average, const float* value, std::size_t n, float keep);
};
PHASELOOM_DECLARE_PER_ISA(AdamKernels adam_kernels())

}  // namespace phaseloom
