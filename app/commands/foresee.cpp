// SPDX-License-Identifier: MIT
#include "app/commands/foresee.hpp"

namespace phaseloom {

void foresee(Scene& scene, const Command& command) {
  switch (command.verb) {
    case Verb::set: {
      const auto seed = scene.seed;
      set_field(scene, command.text(0), command.text(1));
      if (scene.seed != seed) scene.round = 0;
      break;
    }
    case Verb::play:
      scene.playing = true;
      break;
    case Verb::toggle:
      scene.playing = !scene.playing;
      break;
    case Verb::pause:
    case Verb::step:
    case Verb::back:
    case Verb::seek:
    case Verb::run:
      scene.playing = false;
      break;
    default:
      break;
  }
}

}  // namespace phaseloom
