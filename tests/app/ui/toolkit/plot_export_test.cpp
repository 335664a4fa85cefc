// SPDX-License-Identifier: MIT
// The numbers behind the plots, as the window writes them.

#include "app/ui/toolkit/plot_export.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/commands/verbs.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

class PlotExport : public testing::Test {
 protected:
  void step(int steps) {
    for (; steps > 0; --steps) {
      driver.session->post(verbs::step);
      driver.frames();
    }
  }
  std::string written(const char* plot) {
    const auto path = folder / (std::string(plot) + ".csv");
    driver.session->post(verbs::export_plot, plot, path.string());
    driver.frames(2);
    return text_of(path);
  }
  std::string last_message() { return driver.now().messages->back().text; }
  static long lines(const std::string& text) { return std::ranges::count(text, '\n'); }

  TemporaryFolder folder;
  Driver driver{{1280, 1600}};
};

TEST_F(PlotExport, WritesWhatIsDrawn) {
  driver.session->post(verbs::pin, 2);
  driver.session->post(verbs::pick, 400);
  step(8);
  const std::string order = written("order");
  EXPECT_THAT(order, StartsWith("t,R\r\n0,"));
  EXPECT_EQ(lines(order), 1 + 9) << "steps 0 to 8";
  EXPECT_THAT(order, HasSubstr(fmt::format("\r\n{},{}\r\n", driver.now().time,
                                           driver.now().order_parameter)));
  EXPECT_EQ(lines(written("histogram")), 1 + 36);
  const std::string trace = written("trace");
  EXPECT_THAT(trace, StartsWith("t,theta_rad\r\n"));
  EXPECT_EQ(lines(trace), 1 + 9);
  driver.session->post(verbs::curve, "portrait");
  driver.frames();
  EXPECT_THAT(written("portrait"), StartsWith("t,theta_rad,dtheta_dt\r\n"));
  driver.session->post(verbs::curve, "pair");
  driver.session->post(verbs::partner, 401);
  driver.frames();
  EXPECT_THAT(written("pair"), StartsWith("t,theta_400,theta_401\r\n"));
  EXPECT_EQ(last_message(), (folder / "pair.csv").string() + ": written");
}

TEST_F(PlotExport, SaysWhatIsNotOnTheScreen) {
  EXPECT_EQ(written("trace"), "");
  EXPECT_EQ(last_message(), "export.plot: trace is not on the screen; these are: order, histogram");
  driver.key("3");
  driver.frames();
  EXPECT_EQ(written("loss"), "");
  EXPECT_EQ(last_message(), "export.plot: loss has no numbers yet");
  EXPECT_EQ(written("order"), "");
  EXPECT_EQ(last_message(), "export.plot: order is not on the screen; no plot is");
}

TEST_F(PlotExport, ANameThatDoesNotEndInCsvWritesNothing) {
  driver.session->post(verbs::export_plot, "order", (folder / "order.txt").string());
  driver.frames(2);
  EXPECT_THAT(last_message(), HasSubstr(".csv"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(PlotExport, ARightClickCopies) {
  step(3);
  const Box plot = driver.place("order");
  driver.move(plot.min.x + 60, plot.min.y + 20);
  driver.press(1);
  driver.release(1);
  driver.frames(2);
  ASSERT_TRUE(driver.has("copy order"));
  driver.click("copy order");
  driver.laboratory->activate();
  EXPECT_THAT(ImGui::GetClipboardText(), StartsWith("t,R\r\n"));
}

}  // namespace
}  // namespace phaseloom
