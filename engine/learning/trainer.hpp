#pragma once
// Trains a program to turn noise into pictures: the adversarial loop (WGAN-GP) around the adjoint.
//
// One iteration, all batches being whole blocks of kLanes samples:
//
//   program -> forward through a randomly stepped schedule -> pictures in [-1, 1]
//     critic steps: real pictures against these, then against some of the last batches
//     critic -> d pictures -> adjoint -> gradient -> Adam -> running average
//
// The steps per chunk are drawn anew each time and the chunks' durations jittered, so that the
// network is a differential equation and not a map that exploits one step size.

#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "engine/data/image_set.hpp"
#include "engine/dynamics/trajectory.hpp"
#include "engine/learning/adam.hpp"
#include "engine/learning/wgan_gp.hpp"

namespace phaseloom {

/// Defaults: what is known to work for 28x28 digits on two cores.
struct TrainSettings {
  std::uint64_t seed = 1;
  int batch = 64;        ///< a multiple of kLanes
  int critic_steps = 2;  ///< per generator step; those after the first see earlier batches
  int replay = 8;        ///< number of earlier batches kept for them
  float generator_rate = 2e-3f;
  float critic_rate = 8e-4f;
  float final_rate = 0.02f;    ///< both rates fall linearly to this fraction
  float weight_decay = 0.03f;  ///< of couplings, decoupled
  float average = 0.999f;      ///< of the generator's running average
  double adjoint_clip = 5;     ///< Trajectory::backward
  Integrator integrator = Integrator::midpoint;
  double jitter = 0.3;  ///< a chunk lasts its duration times 1 ± jitter (uniform)
  /// Steps per chunk are drawn from these; a later phase begins when the progress reaches `from`.
  struct Phase {
    double from;
    std::vector<int> steps;
  };
  std::vector<Phase> phases{{0.0, {2, 2, 3, 4}}, {0.6, {3, 4, 5}}, {0.85, {4, 5, 6, 8}}};
};

/// What one iteration saw.
struct TrainReport {
  std::int64_t iteration = 0;
  CriticLoss critic;          ///< of the first critic step
  double generator_loss = 0;  ///< -mean D(fake)
  double adjoint_growth = 0;  ///< largest over lanes and chunk borders
};

class Trainer {
 public:
  /// @param images pictures of the size of the program's visible grid. Throws Error if sizes do not
  /// fit.
  Trainer(Program initial, const ImageSet& images, TrainSettings settings, ThreadPool& pool);
  ~Trainer();

  /// One iteration at `progress` in [0, 1] of the schedule (rates, phases). Throws Error if the
  /// training diverged (a loss is not finite); the average is still that of the last good
  /// iteration.
  TrainReport iterate(double progress);

  std::int64_t iterations() const { return iteration_; }
  /// The program with the averaged parameters: the one to keep.
  Program average() const;

 private:
  struct Block;
  void draw_schedule(double progress);
  void generate();
  void load_real(std::uint32_t draw);
  CriticLoss critic_step(std::uint32_t step, float rate);
  void pull_back(float rate);

  Program program_;
  const ImageSet& images_;
  TrainSettings settings_;
  ThreadPool& pool_;
  PackedProgram<float> packed_;
  WganGp wgan_;
  Adam generator_optimiser_, critic_optimiser_;
  std::vector<float> average_, gradient_, critic_, critic_gradient_;
  std::vector<std::unique_ptr<Block>> blocks_;
  AlignedVector<float> real_, fake_, d_fake_;  // [block][pixel][lane]
  std::deque<AlignedVector<float>> replay_;
  std::vector<Leg> legs_;
  std::vector<WeightDecay> decays_;
  std::int64_t iteration_ = 0;
};

}  // namespace phaseloom
