// SPDX-License-Identifier: MIT
#include "app/session/script_host.hpp"

#include "app/session/session.hpp"

namespace phaseloom {

void NullHost::resize(int new_width, int new_height, double new_scale) {
  width = new_width;
  height = new_height;
  scale = new_scale;
}

void NullHost::draw_frame(Session& session, double) {
  session.update();
  if (session.film_picture_wanted()) session.give_film_picture(capture());
  ++frames;
}

Picture NullHost::capture() {
  Picture picture{width, height, 4, {}};
  picture.pixels.assign(picture.size(), 255);
  return picture;
}

}  // namespace phaseloom
