// SPDX-License-Identifier: MIT
#pragma once
// The keys that went down since the last frame, by their names.

#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// A number for a name of key_names() (GLFW's); 0 if there is no such key.
int key_code(std::string_view name);

/// A key with what is held down along with it, as a press that is waited for.
KeyPress key_press(std::string_view chord);
/// Whether that is it, whether it goes down or is held down.
bool is_press(const KeyPress& press, const KeyPress& wanted);

/// Whether a chord went down since the last frame.
bool pressed(const UiContext& ctx, std::string_view chord);

}  // namespace phaseloom
