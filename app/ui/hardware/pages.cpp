// SPDX-License-Identifier: MIT
#include "app/ui/hardware/hardware.hpp"

namespace phaseloom {

std::span<const HardwarePage> hardware_pages() {
  static const HardwarePage kPages[] = {kCostsPage, kSweepPage, kChipsPage, kCircuitPage};
  static_assert(std::size(kPages) == kCountOf<DesignView::Page>);
  return kPages;
}

const HardwarePage& present_page(const UiContext& ctx) {
  return hardware_pages()[static_cast<std::size_t>(ctx.state.hardware.page)];
}

}  // namespace phaseloom
