// SPDX-License-Identifier: MIT
#include "app/jobs/chips_job.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/app/cli/small_data_set.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr double kLong = 240;  // seconds; a bound for a hang, nothing is measured by it

ChipsRequest small_request() {
  ChipsRequest request;
  request.model = std::make_shared<const Model>(test::small_judged_model());
  request.settings = settings_of(request.model->program);
  request.mismatches = {0, 0.3};
  request.devices = 3;
  request.samples = 100;
  return request;
}

class ChipsInTheBackground : public testing::Test {
 protected:
  ChipsJob job{{test::small_pictures, 1}, true};
};

TEST_F(ChipsInTheBackground, DevicesComeOneByOneWithTheirPictures) {
  EXPECT_EQ(job.latest()->request.model, nullptr);
  job.start(small_request());
  EXPECT_TRUE(job.latest()->running);
  EXPECT_EQ(job.latest()->total, 6);
  job.advance(4);
  auto seen = job.latest();
  EXPECT_EQ(seen->done, 4);
  ASSERT_THAT(*seen->populations, SizeIs(2));
  const auto &ideal = (*seen->populations)[0].chips, &flawed = (*seen->populations)[1].chips;
  ASSERT_THAT(ideal, SizeIs(3));
  ASSERT_THAT(flawed, SizeIs(1));
  EXPECT_EQ(ideal[0].relative, ideal[2].relative) << "without mismatch all are the same device";
  EXPECT_EQ(ideal[2].device, 3u);
  EXPECT_NE(flawed[0].relative, ideal[0].relative);
  EXPECT_EQ((*seen->pictures)[1][0]->size(), std::size_t{ChipsSnapshot::kPictures * 784});
  EXPECT_NE(*(*seen->pictures)[1][0], *(*seen->pictures)[0][0]);
  job.advance(10);
  ASSERT_TRUE(job.settle(kLong));
  seen = job.latest();
  EXPECT_FALSE(seen->running);
  EXPECT_EQ(seen->done, 6);
  const auto& all = (*seen->populations)[1].chips;
  EXPECT_NE(all[0].relative, all[1].relative) << "each has a mismatch of its own";
  const TemporaryFolder folder;
  job.export_to(folder / "c.csv");
  std::ifstream file(folder / "c.csv");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, chips_csv(*seen->populations));
}

TEST_F(ChipsInTheBackground, ANumberIsOfTheDeviceAlone) {
  job.start(small_request());
  job.advance(6);
  const auto first = job.latest();
  ASSERT_TRUE(job.settle(kLong));
  auto other = small_request();
  other.mismatches = {0.3};
  other.devices = 2;
  job.start(other);
  job.advance(2);
  EXPECT_EQ((*job.latest()->populations)[0].chips[1].distance,
            (*first->populations)[1].chips[1].distance);
}

TEST_F(ChipsInTheBackground, SaysWhatIsWrong) {
  const auto error = [&](auto change) {
    ChipsRequest request = small_request();
    change(request);
    return error_of([&] { job.start(request); });
  };
  EXPECT_THAT(error([](ChipsRequest& r) { r.model = nullptr; }), HasSubstr("no model"));
  EXPECT_THAT(error([](ChipsRequest& r) { r.devices = 0; }), HasSubstr("0 devices"));
  EXPECT_THAT(error([](ChipsRequest& r) { r.mismatches = {}; }), HasSubstr("mismatch"));
  EXPECT_THAT(error([](ChipsRequest& r) { r.mismatches = {0.1, 0.1}; }), HasSubstr("twice"));
  EXPECT_THAT(error([](ChipsRequest& r) { r.samples = 1; }), HasSubstr("samples"));
  EXPECT_THAT(error_of([&] { job.stop(); }), HasSubstr("chips.start"));
  ChipsRequest request = small_request();
  request.model = std::make_shared<const Model>(test::small_judged_model("{}"));
  job.start(request);
  ASSERT_TRUE(job.settle(kLong));
  EXPECT_THAT(job.latest()->problem, HasSubstr("trained on"));
}

}  // namespace
}  // namespace phaseloom
