// SPDX-License-Identifier: MIT
#include "engine/circuit/raw_file.hpp"

#include <cstring>
#include <fstream>

#include "engine/support/error.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kHead =
    "Title: * two units\nDate: Mon Nov 30 12:08:56  2026\nPlotname: Transient Analysis\n"
    "Flags: real\nNo. Variables: 3\nNo. Points: 2       \nVariables:\n"
    "\t0\ttime\ttime\n\t1\tv(n0)\tvoltage\n\t2\tv(n1)\tvoltage\n";

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string binary(std::vector<double> values) {
  std::string text(kHead);
  text += "Binary:\n";
  text.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
  return text;
}

std::string message_of(std::string_view text) {
  return error_of([&] { parse_raw(bytes_of(text), "r.raw"); });
}

TEST(RawFile, BinaryAndAsciiSayTheSame) {
  const std::string text =
      std::string(kHead) + "Values:\n 0\t0.0\n\t0.25\n\t-1\n\n 1\t1e-1\n\t0.5\n\t-2.0e+00\n\n";
  const RawPlot a = parse_raw(bytes_of(binary({0, 0.25, -1, 0.1, 0.5, -2})), "b");
  const RawPlot b = parse_raw(bytes_of(text), "a");
  EXPECT_THAT(a.variables, ElementsAre("time", "v(n0)", "v(n1)"));
  EXPECT_EQ(a.variables, b.variables);
  EXPECT_EQ(a.values, b.values);
  EXPECT_EQ(a.points(), 2u);
  EXPECT_THAT(a.point(1), ElementsAre(0.1, 0.5, -2));
  EXPECT_EQ(a.column("v(n1)"), 2u);
}

TEST(RawFile, WhatWasCutOffIsReadAsFarAsItIsWhole) {
  std::string text = binary({0, 0.25, -1, 0.1, 0.5, -2});
  text.pop_back();
  EXPECT_EQ(parse_raw(bytes_of(text), "b").points(), 1u);
  EXPECT_EQ(parse_raw(bytes_of(std::string(kHead) + "Values:\n 0 0 1 2\n 1 0.1 3"), "a").points(),
            1u);
}

TEST(RawFile, TellsWhatIsWrong) {
  EXPECT_THAT(message_of("hello\n"), HasSubstr("not a raw file"));
  EXPECT_THAT(message_of(kHead), HasSubstr("within its header"));
  EXPECT_THAT(message_of(binary({})), HasSubstr("no point"));
  EXPECT_THAT(message_of(binary({0, 1, std::nan("")})), HasSubstr("not finite"));
  EXPECT_THAT(message_of(std::string(kHead) + "Values:\n 0 0 1 two\n"), HasSubstr("\"two\""));
  EXPECT_THAT(message_of("Title: x\nFlags: complex\n"), HasSubstr("complex"));
  EXPECT_THAT(message_of("Title: x\nNo. Variables: 99999999999\n"), HasSubstr("No. Variables"));
  EXPECT_THAT(message_of("Title: x\nBinary:\n"), HasSubstr("before any variable"));
  EXPECT_THAT(error_of([] { read_raw("/nowhere/at/all.raw"); }), HasSubstr("all.raw"));
  const RawPlot plot = parse_raw(bytes_of(binary({0, 1, 2})), "b");
  EXPECT_THAT(error_of([&] { (void)plot.column("v(n7)"); }), HasSubstr("v(n7)"));
}

TEST(RawFile, TellsHowFarASimulatorIsWhoStillWrites) {
  const TemporaryFolder folder;
  const auto file = folder / "r.raw";
  EXPECT_EQ(progress_of_raw(file), 0);
  const auto grown = [&](std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
    return progress_of_raw(file);
  };
  EXPECT_EQ(grown(kHead.substr(0, 60)), 0);
  EXPECT_EQ(grown(kHead), 0);
  const std::string text = binary({0, 0.25, -1, 0.1, 0.5, -2});
  EXPECT_EQ(grown(text.substr(0, text.size() - 3)), 0);
  EXPECT_EQ(grown(text), 0.1);
  EXPECT_EQ(grown("nothing of the kind\n"), 0);
}

}  // namespace
}  // namespace phaseloom
