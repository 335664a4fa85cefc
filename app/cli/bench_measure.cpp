// To be replaced, function by function, by the measurements themselves.

#include "app/cli/bench.hpp"
#include "engine/support/error.hpp"

namespace phaseloom {

StepBench measure_step() { fail("bench step: not built yet"); }
TrainBench measure_train() { fail("bench train: not built yet"); }

}  // namespace phaseloom
