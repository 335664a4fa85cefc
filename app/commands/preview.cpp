// SPDX-License-Identifier: MIT
#include "app/commands/preview.hpp"

#include "app/commands/experiment_verbs.hpp"
#include "app/commands/handlers.hpp"
#include "app/commands/playground_edits.hpp"
#include "app/commands/playground_verbs.hpp"
#include "engine/support/caught.hpp"

namespace phaseloom {
namespace {

template <bool playing>
void play(Scene& scene, const Command&) {
  scene.playing = playing;
}

constexpr Handler<Scene> kHandlers[] = {
    {verbs::set,
     [](Scene& scene, const Command& command) {
       const auto seed = scene.seed;
       set_field(scene, command.text(0), command.text(1));
       if (scene.seed != seed) scene.round = 0;
     }},
    {verbs::toggle, [](Scene& scene, const Command&) { scene.playing = !scene.playing; }},
    {verbs::play, play<true>},
    {verbs::pause, play<false>},
    {verbs::step, play<false>},
    {verbs::back, play<false>},
    {verbs::seek, play<false>},
    {verbs::run, play<false>},
};

/// Files are read once, when it is done; what cannot be done is said then.
void preview_edit(Scene& scene, const Command& command) {
  if (command.verb == verbs::playground_open) return;
  (void)problem_of([&] { edit_playground(scene, command); });
}

}  // namespace

void preview(Scene& scene, const Command& command) {
  if (!handle<Scene>(kHandlers, scene, command)) preview_edit(scene, command);
}

}  // namespace phaseloom
