// SPDX-License-Identifier: MIT
#pragma once
// What `phaseloom bench` measures. Each function takes some seconds and uses the scenes that tests
// and bench/ use too; the numbers are ratios where they can be, to mean the same on any machine.

#include <string>

#include "app/ui/frame/frame_bench.hpp"
#include "engine/neural/gradient_sum.hpp"

namespace phaseloom {

struct StepBench {
  double peak_fraction;     ///< useful multiply-adds of a step, one core, of the measured peak
  double speedup_vs_naive;  ///< against a plain loop with a sine per coupling, one core
  double parallel_speedup;  ///< all cores against one
  double weight_noise_cost, phase_noise_cost;  ///< times the ideal step
  int threads;                                 ///< of the parallel measurement
};

struct TrainBench {
  double iterations_per_second;  ///< generator and critic steps of one iteration, all cores
  double parallel_speedup;
  /// Of the float32 multiply-add peak of one core, as all that follow: above 1 is possible where
  /// products are of bfloat16 (instruction set avx512_bf16).
  double generator_forward_fraction;
  double adjoint_fraction;
  double critic_fraction;
  int threads;
};

/// Training by the processes of a launcher, beside one of them alone with the same threads.
struct RanksBench {
  int ranks, threads, batch;
  double iterations_per_second, iterations_per_second_alone, speedup;
  double sum_ms;    ///< of a gradient of the network's size over all ranks, nothing else to do
  double sum_mb;    ///< that it sends through each link, each way
  double alike_ms;  ///< of an iteration, spent by each rank on the same: beyond its blocks
};

/// The thermodynamic computer of the papers' size; fractions are of one core's multiply-add peak.
struct ThermoBench {
  double cycle_seconds;  ///< of a training over three pictures, all cores
  double cycle_fraction;
  double cycle_parallel_speedup;
  double samples_per_second;  ///< generated, all cores
  double generation_fraction;
  double generation_parallel_speedup;
  int threads;
};

/// A field of phases, all of its equation, midpoint steps, a Gaussian over 13 x 13 places.
struct FieldBench {
  double steps_per_second_512;   ///< of 512 x 512 places, all cores
  double steps_per_second_1024;  ///< of 1024 x 1024, all cores
  /// Against a plain loop over the same neighbours with a sine for each of them; both on one core.
  double speedup_vs_direct;
  double parallel_speedup;  ///< of 512 x 512 places, all cores against one
  int threads;
};

struct UiBench {
  double ui_ms_median;  ///< one frame of the window thread, without waiting for the display
  double ui_ms_worst;
  double build_ms_median;   ///< of a frame: panels into draw lists
  double submit_ms_median;  ///< of a frame: OpenGL calls; a software driver transforms vertices in
                            ///< them
  int frames;
  /// Of the process, in megabytes: after the first frames, after a tenth, at the end.
  double resident_start, resident_tenth, resident_end;
};

/// Every command a person has, posted to a window that draws.
struct UiCommandsBench {
  int commands;
  double
      blocked_ms_median;  ///< longest stay of the window thread with one of them, pixels left out
  double blocked_ms_worst;
  std::string slowest;  ///< the command that took that long
  double own_ms_worst;  ///< the longest in processor time: waiting left out
  std::string slowest_own;
};

/// The window beside a training on all cores, at 1600 x 1000 with the machine's own rasteriser.
struct UiTrainingBench {
  double ui_ms_median;
  double ui_ms_worst;
  double frames_per_second;            ///< of at most 60
  double frames_per_second_alone;      ///< without the training
  double frame_ms_worst;               ///< longest time from one frame to the next
  double iterations_per_second;        ///< of the training meanwhile
  double iterations_per_second_alone;  ///< without the window
};

StepBench measure_step();
TrainBench measure_train();
RanksBench measure_ranks(int threads, int batch, TrainingRanks ranks);
ThermoBench measure_thermo();
FieldBench measure_field();
UiBench measure_ui(BenchScreen scene, int frames);
UiCommandsBench measure_ui_commands();
UiTrainingBench measure_ui_training();

}  // namespace phaseloom
