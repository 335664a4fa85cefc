// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/data/png.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/sweep/chips.hpp"
#include "tests/app/cli/small_data_set.hpp"
#include "tests/support/environment.hpp"
#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using Json = nlohmann::json;

class ChipsCommand : public ::testing::Test {
 protected:
  ChipsCommand() : data_("PHASELOOM_DATA", (folder_ / "data").string()) {
    test::write_small_pictures(folder_ / "data");
    save_model(folder_ / "net.safetensors", test::small_judged_model());
  }
  std::string path(const char* name) const { return (folder_ / name).string(); }
  ProgramResult run(const char* command, std::vector<std::string> more) const {
    more.insert(more.begin(), {command, path("net.safetensors"), "--samples", "100"});
    return run_program(more);
  }
  Json json(const char* command, std::vector<std::string> more) const {
    more.push_back("--json");
    const auto result = run(command, more);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return Json::parse(result.out, nullptr, false);
  }
  TemporaryFolder folder_;
  EnvironmentGuard data_;
};

TEST_F(ChipsCommand, ADeviceIsThatOfEval) {
  const std::vector<std::string> design{"--bits", "4", "--seed", "7", "--weight-noise", "0.02"};
  auto of_chips = design, of_eval = design;
  of_chips.insert(of_chips.end(), {"--devices", "3", "--mismatch", "0.2"});
  const Json made = json("chips", of_chips).at("populations").at(0);
  ASSERT_EQ(made.at("chips").size(), 3u);
  of_eval.insert(of_eval.end(), {"--mismatch", "0.2", "--nearest", "0", "--device", "1"});
  for (const int device : {1, 3}) {
    of_eval.back() = std::to_string(device);
    const Json judged = json("eval", of_eval), chip = made.at("chips").at(device - 1);
    EXPECT_EQ(chip.at("device"), device);
    EXPECT_EQ(chip.at("fcd"), judged.at("fcd"));
    EXPECT_EQ(chip.at("relative_fcd"), judged.at("relative_fcd"));
    EXPECT_EQ(chip.at("class_entropy"), judged.at("class_entropy"));
  }
  EXPECT_NE(made.at("chips").at(0).at("fcd"), made.at("chips").at(2).at("fcd"));
}

TEST_F(ChipsCommand, TellsYieldsAndWritesTableAndPictures) {
  const std::vector<std::string> asked{"--devices", "4",           "--mismatch", "0,0.2,1",
                                       "--out",     path("c.csv"), "--pictures", path("c.png")};
  const Json first = json("chips", asked);
  ASSERT_EQ(first.at("populations").size(), 3u);
  EXPECT_TRUE(first.at("populations").at(0).at("yield").is_null());
  const auto bytes = read_file(folder_ / "c.csv", 1 << 20);
  const auto table =
      parse_chips({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, "c.csv");
  ASSERT_THAT(table, SizeIs(3));
  EXPECT_THAT(table[2].chips, SizeIs(4));
  const Json& worst = first.at("populations").at(1).at("worst");
  EXPECT_EQ(worst.at("relative_fcd"),
            table[1].chips[worst.at("device").get<std::size_t>() - 1].relative);
  const Picture picture = read_png(folder_ / "c.png");
  EXPECT_GT(picture.width, 16 * 28);
  EXPECT_GT(picture.height, 9 * 28);
  // A limit that exactly those up to it keep.
  auto limited = asked;
  const double limit = worst.at("relative_fcd");
  limited.insert(limited.end(), {"--limit", fmt::format("{}", limit), "--threads", "3"});
  const Json second = json("chips", limited);
  EXPECT_EQ(second.at("populations").at(1).at("yield"), 1);
  for (std::size_t m = 0; m < 3; ++m) {
    EXPECT_EQ(second.at("populations").at(m).at("yield").get<double>(),
              *yield_of(table[m].chips, limit));
    EXPECT_EQ(second.at("populations").at(m).at("chips"), first.at("populations").at(m).at("chips"))
        << "whatever the threads";
  }
  EXPECT_EQ(second.at("bearable_mismatch").get<double>(), *bearable_mismatch(table, limit, 0.9));
}

TEST_F(ChipsCommand, SpeaksPlainly) {
  const auto result = run("chips", {"--devices", "3", "--limit", "100"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("mismatch 0.05: relative FCD"));
  EXPECT_THAT(result.out, HasSubstr("yield 100.0 % at a limit of 100"));
}

TEST_F(ChipsCommand, SaysWhatIsWrong) {
  const auto error = [&](std::vector<std::string> more) {
    const auto result = run("chips", std::move(more));
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.out, "");
    return result.err;
  };
  EXPECT_THAT(error({"--devices", "0"}), HasSubstr("--devices"));
  EXPECT_THAT(error({"--mismatch", "-1"}), HasSubstr("mismatch"));
  EXPECT_THAT(error({"--mismatch", "0.1,x"}), HasSubstr("--mismatch"));
  EXPECT_THAT(error({"--out", path("c.txt")}), HasSubstr(".csv"));
  EXPECT_THAT(error({"--pictures", path("c.csv")}), HasSubstr(".png"));
  EXPECT_THAT(error({"--device", "3"}), HasSubstr("--device"));
  EXPECT_THAT(error({"--bits", "9"}), HasSubstr("bits"));
  save_model(folder_ / "net.safetensors", test::small_judged_model("{}"));
  EXPECT_THAT(error({}), HasSubstr("--reference"));
}

}  // namespace
}  // namespace phaseloom
