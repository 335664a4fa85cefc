// SPDX-License-Identifier: MIT
#pragma once
// Controls that cannot be used now stay where they are, dimmed, and say why.

#include <string_view>

#include "app/ui/toolkit/context.hpp"

namespace phaseloom {

/// What is drawn during its life, down from the cursor, cannot be used because of `why`; if that is
/// empty, it can.
class Unavailable {
 public:
  Unavailable(UiContext& ctx, std::string_view why);
  ~Unavailable();
  Unavailable(const Unavailable&) = delete;
  Unavailable& operator=(const Unavailable&) = delete;

 private:
  UiContext& ctx_;
  ImVec2 from_;
  bool on_;
};

}  // namespace phaseloom
