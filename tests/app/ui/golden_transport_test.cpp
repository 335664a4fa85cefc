// SPDX-License-Identifier: MIT
// What the Transport workspace looks like; each picture has its negative control, as in
// golden_test.cpp.

#include "app/commands/verbs.hpp"
#include "engine/support/atomic_file.hpp"
#include "tests/app/ui/driver.hpp"
#include "tests/app/ui/golden.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

/// After a few iterations on few points, with everything on that can be seen.
void transport(Driver& driver) {
  for (const char* line :
       {"workspace transport", "set transport.points 200", "set transport.iterations 60",
        "set transport.chunks 2", "flow.time 0.6", "transport.start", "transport.advance 30"})
    driver.session->post(line);
  driver.frames(2);
}

TEST(Golden, TransportNotTrained) {
  Driver driver;
  driver.session->post("workspace transport");
  driver.session->post("flow.pause");
  driver.frames(2);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "transport_start"));
  driver.session->post("set transport.pair D2");
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), before)) << "another pair should be seen";
}

TEST(Golden, TransportPaths) {
  Driver driver;
  transport(driver);
  driver.session->post("flow.probe 0.1 -0.05");
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "transport_paths"));
  driver.session->post("transport.advance 25");
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), before)) << "more training should be seen";
}

TEST(Golden, TransportFieldOnLight) {
  Driver driver({1024, 640}, 1, test_session_options());
  driver.session->post("theme light");
  transport(driver);
  for (const char* part : {"field", "density", "tracers"})
    driver.session->post(verbs::flow_show, part, "on");
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "transport_field"));
  driver.session->post("flow.time 0.2");
  EXPECT_FALSE(alike(driver.picture(), before)) << "another chunk's field should be seen";
}

// The rows that are shipped change; these do not.
TEST(Golden, TransportResults) {
  const TemporaryFolder folder;
  std::vector<TransportRow> rows{{"D1", "mlp", TransportLoss::ot_cfm, 1, 0, 1, 0.0021, 0.0012, 6}};
  for (const char* model : {"kuramoto_shil", "aim_tanh"})
    for (const TransportLoss loss : {TransportLoss::ot_cfm, TransportLoss::swd})
      for (const int chunks : {1, 2, 4, 8})
        for (const int hidden : {0, 4, 16})
          for (const std::uint64_t seed : {1, 2})
            rows.push_back({"D1", model, loss, chunks, hidden, seed,
                            (loss == TransportLoss::swd ? 0.002 : 0.01) + 0.01 / (1 + hidden) +
                                0.001 * double(seed) + (model[0] == 'a' ? 0.003 : 0) / chunks,
                            0.0012, 2});
  write_file_atomically(folder / "rows.csv", results_csv(rows));
  SessionOptions options = test_session_options();
  options.results.shipped = folder / "rows.csv";
  Driver driver({1280, 800}, 1, std::move(options));
  driver.session->post("workspace transport");
  driver.session->post("flow.show results on");
  driver.session->post("flow.pause");
  driver.frames(3);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "transport_results"));
  driver.session->post("set transport.chunks 8");
  driver.frames(2);
  EXPECT_FALSE(alike(driver.picture(), before)) << "another row is the one that is set";
}

TEST(Golden, TransportRow) {
  Driver driver;
  for (const char* line :
       {"workspace transport", "set transport.points 200", "set transport.iterations 30",
        "flow.time 1", "transport.row", "transport.advance 75", "flow.show row on"})
    driver.session->post(line);
  driver.frames(2);
  const Picture before = driver.picture();
  EXPECT_TRUE(matches_golden(before, "transport_row"));
  driver.session->post("flow.show row off");
  EXPECT_FALSE(alike(driver.picture(), before));
}

}  // namespace
}  // namespace phaseloom
