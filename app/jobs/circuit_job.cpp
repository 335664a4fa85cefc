// SPDX-License-Identifier: MIT
#include "app/jobs/circuit_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <system_error>
#include <utility>

#include "app/jobs/circuit_work.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/caught.hpp"
#include "engine/support/error.hpp"
#include "engine/support/interrupt.hpp"
#include "engine/support/printable.hpp"
#include "engine/support/scratch_folder.hpp"

namespace phaseloom {
namespace {

using Clock = std::chrono::steady_clock;

constexpr JobWords kWords{"check of a circuit", "circuit.", "circuit.start", "ends ngspice"};
constexpr auto kPublishEvery = std::chrono::milliseconds(200);
/// Less of the work says too little of how long the rest takes.
constexpr double kTellingShare = 0.02;

int side_of(const CircuitRequest& request) {
  const Topology& topology = *request.model->program.topology;
  const Grid& grid = topology.grid();
  const bool in_grid = grid.units() == topology.first_label();
  return in_grid && request.tile < std::min(grid.width, grid.height) ? request.tile : 0;
}

/// Without the folder, which is gone when it is read.
std::string within(const std::filesystem::path& folder, std::string text) {
  const std::string name = folder.string() + "/";
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at))
    text.erase(at, name.size());
  return text;
}

}  // namespace

CircuitJob::CircuitJob(CircuitJobOptions options, bool gated)
    : Job(gated, kWords), options_(std::move(options)) {}

void CircuitJob::start(const CircuitRequest& request) {
  if (!request.model) fail("circuit: there is no model to run");
  validate(request.hardware);
  if (request.tile < 0) fail("circuit: a window of {} places; 0 is the whole", request.tile);
  if (!is_reltol(request.reltol))
    fail("circuit: a tolerance of {}; {} to {} is right", request.reltol, kLeastReltol,
         kMostReltol);
  order_long([this, request](std::stop_token) {
    now_ = {};
    now_.request = request;
    now_.chunks = request.model->program.chunks();
    now_.running = true;
    const auto problem = problem_of(
        [&] {
          try {
            run(request);
          } catch (const Cancelled&) {
            // What is compared by then stays.
          }
        },
        "not enough memory to check a circuit");
    if (problem) {
      now_.problem = *problem;
      note(true, *problem);
    }
    now_.running = now_.preparing = false;
    now_.seconds_left = 0;
    now_.share = static_cast<double>(now_.done()) / now_.chunks;
    publish(now_);
  });
}

void CircuitJob::advance(std::int64_t chunks) {
  if (gated_) JobThread::advance(chunks);
}

void CircuitJob::export_to(const std::filesystem::path& file) {
  if (file.extension() != ".csv") fail("circuit.export: {} should end in .csv", file.string());
  errand([this, file] {
    if (now_.done() == 0)
      fail("circuit.export: no chunk has been compared yet; circuit.start does it");
    write_file_atomically(file, circuit_csv(*now_.check));
    note(false, fmt::format("{}: written", file.string()));
  });
}

void CircuitJob::save_to(const std::filesystem::path& folder) {
  errand([this, folder] {
    if (!design_ || now_.done() == 0)
      fail("circuit.save: no chunk has been compared yet; circuit.start does it");
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) fail("circuit.save: {}: {}", printable(folder.string()), problem.message());
    write_decks(design_->circuit, design_->recording, design_->deck, folder);
    write_comparison(folder / "comparison.png", *now_.check, now_.picture);
    note(false, fmt::format("{}: written", folder.string()));
  });
}

// --- the thread ----------------------------------------------------------------------------------

bool CircuitJob::go_on() {
  if (!gated_) (void)granted(0);
  return !told_to_stop();
}

void CircuitJob::wait_for_chunk() {
  if (gated_) (void)granted();
}

void CircuitJob::run(const CircuitRequest& request) {
  const Program& program = request.model->program;
  RunSettings settings = request.settings;
  settings.integrator = Integrator::rk4;
  settings.steps_per_chunk = kReferenceSteps;
  now_.preparing = true;
  now_.side = side_of(request);
  now_.picture = picture_of_circuit(program, now_.side);
  publish(now_);
  design_.reset();
  {
    ThreadPool pool(options_.threads);
    Circuit circuit = circuit_of(program, request.hardware, settings, now_.side);
    RecordedRun recording =
        record(program, request.hardware, settings, pool, [&] { return go_on(); });
    design_ = {std::move(circuit),
               std::move(recording),
               {.reltol = request.reltol,
                .what = described_circuit(request.model->name, settings, request.hardware)}};
  }
  now_.preparing = false;
  now_.units = static_cast<int>(design_->circuit.units.size());
  publish(now_);
  wait_for_chunk();
  if (told_to_stop()) return;

  const ScratchFolder scratch = ScratchFolder::temporary("circuit");
  const auto began = Clock::now();
  auto published = began;
  CircuitProgress progress;
  progress.share = [&](double share) {
    now_.share = share;
    const auto now = Clock::now();
    if (!gated_ && now - published >= kPublishEvery) {
      published = now;
      const std::chrono::duration<double> spent = now - began;
      if (share >= kTellingShare) now_.seconds_left = spent.count() / share * (1 - share);
      publish(now_);
    }
    return go_on();
  };
  progress.chunk = [&](const CircuitCheck& check) {
    now_.check = std::make_shared<const CircuitCheck>(check);
    now_.pictures = std::make_shared<const std::vector<float>>(comparison_of(check));
    now_.share = std::max(now_.share, static_cast<double>(now_.done()) / now_.chunks);
    publish(now_);
    if (!now_.finished()) wait_for_chunk();
  };
  try {
    const auto& [circuit, recording, deck] = *design_;
    if (options_.check)
      options_.check(circuit, recording, deck, scratch.path(), progress);
    else
      check_circuit(circuit, recording, deck, {}, scratch.path(), progress);
  } catch (const Error& error) {
    throw Error(within(scratch.path(), error.what()));
  }
}

}  // namespace phaseloom
