// SPDX-License-Identifier: MIT
#pragma once
// What is on the screen while frames are measured (frame_bench.hpp), and the clocks of that.

#include <string>

#include "app/session/session.hpp"
#include "app/ui/frame/frame_bench.hpp"
#include "engine/data/image_set.hpp"
#include "engine/network/model_file.hpp"

namespace phaseloom {

/// Processor time of this thread: what other programs do meanwhile is not our cost, and neither is
/// what the software rasteriser does on its own threads.
double thread_ms();
double wall_ms();

/// What stands for models: a computer where Thermo asks for its own, else a network.
Model bench_model(const std::string& name);

/// What stands for data sets: what their pictures show costs nothing.
ImageSet noise_pictures(const std::string& name, Split);

/// Brings a session that has these models there.
void show_screen(Session& session, BenchScreen screen);
/// Before each frame: something new is to be drawn.
void go_on(Session& session, BenchScreen screen);

}  // namespace phaseloom
