// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/ui/frame/workspaces.hpp"
#include "tests/app/ui/boxes.hpp"
#include "tests/app/ui/driver.hpp"

namespace phaseloom {
namespace {

// At any size of window and type nothing in the bar lies over anything else, and each workspace is
// within reach of the mouse.
TEST(TopBar, NothingLiesOverAnythingElse) {
  struct Size {
    Extent extent;
    float scale;
    bool tabs;  ///< there is room for all of them
  };
  for (const Size& size : {Size{{1024, 640}, 1, true}, Size{{1024, 768}, 1.5F, false},
                           Size{{1024, 768}, 2, false}, Size{{1920, 1080}, 2, true}}) {
    SCOPED_TRACE(std::to_string(size.extent.width) + " at " + std::to_string(size.scale));
    Driver driver(size.extent, size.scale);
    driver.frames(3);
    EXPECT_EQ(driver.has("workspaces"), !size.tabs);
    std::vector<std::string> names{"undo", "redo", "open", "save", "export", "theme", "help"};
    if (!size.tabs) names.emplace_back("workspaces");
    if (size.tabs)
      for (const WorkspaceView* tab : workspaces())
        names.push_back(std::string("workspace ") + tab->label);
    for (std::size_t i = 0; i < names.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        EXPECT_FALSE(meet(driver.place(names[i]), driver.place(names[k])))
            << names[i] << " and " << names[k];
    for (std::size_t i = workspaces().size(); i-- > 0;) {
      if (size.tabs) {
        driver.click(std::string("workspace ") + workspaces()[i]->label);
      } else {
        driver.click("workspaces");
        driver.frames(2);
        driver.click("workspaces entry " + std::to_string(i));
      }
      driver.frames(2);
      EXPECT_EQ(driver.session->ui().workspace, workspaces()[i]->workspace);
    }
  }
}

// One step of the size that is kept, whatever an audience sees; and never so large that a card
// would not fit into the window.
TEST(TypeSize, KeysChangeItByOneStepWhilePresenting) {
  Driver driver;
  driver.session->post(std::string_view("present 150"));
  driver.frames(3);
  driver.key("Ctrl+Plus");
  EXPECT_DOUBLE_EQ(driver.session->ui().scale, 1.1);
  driver.frames(3);
  driver.key("Ctrl+Minus");
  driver.frames(3);
  driver.key("Ctrl+Minus");
  EXPECT_DOUBLE_EQ(driver.session->ui().scale, 0.9);
  driver.session->post(std::string_view("present off"));
  const auto height_at = [&](const char* scale) {
    driver.session->post(std::string_view(scale));
    driver.frames(3);
    return driver.place("help").height();
  };
  EXPECT_LT(height_at("scale 1"), height_at("scale 2"));
  EXPECT_EQ(height_at("scale 4"), height_at("scale 2"));
}

}  // namespace
}  // namespace phaseloom
