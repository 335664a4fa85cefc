// SPDX-License-Identifier: MIT
#pragma once
// What a training is to make, and how: the values `train.*` of a scene, and most options of
// `phaseloom train`. Window and command line put a training together from it here.

#include <array>
#include <cstdint>
#include <numbers>
#include <string>
#include <string_view>

#include "engine/hardware/hardware.hpp"
#include "engine/learning/train_settings.hpp"
#include "engine/network/integrator.hpp"
#include "engine/network/substrate.hpp"
#include "engine/support/names.hpp"

namespace phaseloom {

struct ImageSet;
struct Program;
struct TrainingPlan;

enum class Dataset { mnist, fashion };
template <>
struct Names<Dataset> {
  static constexpr std::string_view kind = "data set";
  static constexpr std::array<std::string_view, 2> all{"mnist", "fashion"};
};

/// How long a training takes unless somebody says so, in minutes (*). An audience waits for the
/// window's; a command runs while nobody does, and its network shall be worth keeping.
inline constexpr double kWindowMinutes = 2, kCommandMinutes = 20;
/// Samples of a look at the quality (*): in the window as many as the quality of the wall is
/// measured with, as both are shown there; by command as many as docs/training.md speaks of.
inline constexpr int kWindowLookSamples = 2000, kCommandLookSamples = 3000;

struct TrainingSetup {
  Dataset dataset = Dataset::mnist;
  // The network.
  Substrate substrate = substrate_named("kuramoto_shil");
  int hidden = 1;                             ///< hidden layers on the grid of the pictures
  int radius = 3;                             ///< reach of the couplings on that grid
  int chunks = 6;                             ///< times at which the parameters change
  double duration = 0.6;                      ///< of a chunk, in the equations' time unit
  bool tied = false;                          ///< symmetric couplings, W_ij = W_ji
  double start_width = std::numbers::pi / 2;  ///< of the noise that a run begins with, uniform ±
  /// kT of the bath that it runs in, in the unit of the potential; 0: none.
  double temperature = 0;
  // What it learns by, and the hardware that it learns to live with: see Hardware.
  Loss loss = kUsualLoss;
  bool labels = true;  ///< learns to be asked for a class, where it can; see asks_for_classes()
  int bits = 0;
  BitGrid grid = BitGrid::twos_complement;
  Gain gain = Gain::chunk;
  bool any = false;  ///< another hardware in each iteration (HardwareRange) instead of these
  double weight_noise = 0;
  double mismatch = 0;
  double density = 1;
  double step = 0;  ///< longest in time units; 0: steps are counted by chunk, see TrainSettings
  // How long, with what.
  double minutes = kWindowMinutes;  ///< of the schedule; counts where `iterations` is 0
  std::int64_t iterations = 0;      ///< of the schedule instead: reproducible bit by bit
  int threads = 0;                  ///< that train; 0: one per core
  std::uint64_t seed = 1;           ///< of everything random

  std::string dataset_name() const { return std::string(name_of(dataset)); }
  /// Of the methods of two stages only Heun's is of second order in the mean under additive noise.
  Integrator integrator() const {
    return temperature > 0 ? Integrator::heun : Integrator::midpoint;
  }
  Hardware hardware() const;
  /// Why it cannot learn classes, empty if it can: only a critic tells them apart.
  std::string_view no_classes_because() const;
  bool asks_for_classes() const { return labels && no_classes_because().empty(); }
  bool operator==(const TrainingSetup&) const = default;
};

/// After another substrate was chosen than `before`: a duration that was the usual one of that
/// gives way to the usual one of the new.
void follow_substrate(TrainingSetup& setup, Substrate before);
/// Couplings of that reach on the picture's grid, with `hidden` layers behind it, and to `labels`
/// label oscillators if there are any. Throws Error if a training of so many weights in so many
/// chunks would be too large.
std::shared_ptr<const Topology> local_couplings(PictureShape picture, int hidden, int radius,
                                                int labels, int chunks);
/// The network that the training begins with. Throws Error if it is too large.
Program initial_program(const TrainingSetup& setup, const ImageSet& images);
/// Makes the setup say which network this is, e.g. one that a training begins with. Its radius is
/// the farthest reach of a coupling on the grid, its duration the chunks' mean one.
void take_network(TrainingSetup& setup, const Program& program);
/// Loss, hardware, seed, steps, schedule and looks at the quality as the setup says them.
/// @param rest what a setup says nothing of: rates, samples of a look, patience, files
TrainingPlan plan_of(const TrainingSetup& setup, TrainingPlan rest);
/// After the length of the setup was another one `before`: the plan gets the new length, and looks
/// at the quality that were the usual ones become those that are usual for it.
void follow_length(TrainingPlan& plan, const TrainingSetup& before, const TrainingSetup& setup);
/// A name for the model that comes out, e.g. "mnist-shil".
std::string suggested_model_name(const TrainingSetup& setup);

}  // namespace phaseloom
