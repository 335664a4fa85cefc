// SPDX-License-Identifier: MIT
#include "tests/app/ui/driver.hpp"

#include <gtest/gtest.h>

#include "app/ui/frame/input.hpp"

namespace phaseloom {

Driver::Driver(Extent extent, float scale, SessionOptions options)
    : surface(make_offscreen_surface(extent, scale)),
      session(std::make_unique<Session>(std::move(options))),
      laboratory(std::make_unique<Laboratory>(*surface)) {
  prepare_input(ImGui::GetIO());
  laboratory->transient().keep_places = true;
  frames(2);
}

Driver::~Driver() = default;

void Driver::frames(int n) {
  for (; n > 0; --n) {
    session->pass(1.0 / 60);
    surface->begin_frame();
    if (blind)
      laboratory->build(*session, 1.0 / 60);
    else
      laboratory->frame(*session, 1.0 / 60);
    surface->end_frame();
  }
}

namespace {

void feel(Driver& driver, const InputEvent& event) {
  driver.laboratory->input(event);
  do driver.frames();
  while (!driver.laboratory->input().empty());  // it waits for a text field
}

InputEvent event_of(InputEvent::Kind kind, double x = 0, double y = 0) {
  InputEvent event;
  event.kind = kind;
  event.x = x;
  event.y = y;
  return event;
}

}  // namespace

void Driver::move(float x, float y) { feel(*this, event_of(InputEvent::Kind::move, x, y)); }

void Driver::press(int button) {
  InputEvent event = event_of(InputEvent::Kind::press);
  event.button = button;
  feel(*this, event);
}

void Driver::release(int button) {
  InputEvent event = event_of(InputEvent::Kind::release);
  event.button = button;
  feel(*this, event);
}

void Driver::click(float x, float y) {
  move(x, y);
  press();
  release();
  frames();  // all zones have seen what it did
}

void Driver::double_click(float x, float y) {
  move(x, y);
  for (int i = 0; i < 2; ++i) {
    press();
    release();
  }
}

void Driver::drag(float x0, float y0, float x1, float y1, int moves) {
  move(x0, y0);
  press();
  for (int i = 1; i <= moves; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(moves);
    move(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t);
  }
  release();
}

void Driver::key(std::string_view chord) {
  InputEvent event;
  event.chord = parse_chord(chord);
  for (const auto kind : {InputEvent::Kind::key_down, InputEvent::Kind::key_up}) {
    event.kind = kind;
    feel(*this, event);
  }
}

void Driver::type(std::string_view text) {
  InputEvent event = event_of(InputEvent::Kind::text);
  event.text = text;
  feel(*this, event);
}

bool Driver::has(const std::string& name) { return laboratory->transient().places.contains(name); }

Box Driver::place(const std::string& name) {
  const auto& places = laboratory->transient().places;
  const auto found = places.find(name);
  if (found == places.end()) {
    ADD_FAILURE() << "no control " << name << " is on the screen";
    return {};
  }
  return found->second;
}

void Driver::click(const std::string& name) {
  const Box box = place(name);
  click((box.min.x + box.max.x) / 2, (box.min.y + box.max.y) / 2);
}

void Driver::drag(const std::string& name, float t0, float t1) {
  const Box box = place(name);
  const float y = (box.min.y + box.max.y) / 2;
  drag(box.min.x + t0 * box.width(), y, box.min.x + t1 * box.width(), y);
}

Picture Driver::picture() {
  frames();
  surface->begin_frame();
  return surface->read_back();
}

}  // namespace phaseloom
