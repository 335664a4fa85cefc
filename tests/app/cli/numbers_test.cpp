// SPDX-License-Identifier: MIT
// Every option that is a number reads it in the same way: no octal eight out of 010, no largest
// seed out of a larger one.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/program.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Arguments = std::vector<std::string>;

struct NumericOption {
  std::string name, type;
};

/// The options of a command whose type in --help is a number's.
std::vector<NumericOption> numeric_options(const Arguments& command) {
  Arguments arguments = command;
  arguments.push_back("--help");
  std::istringstream help(run_program(arguments).out);
  std::vector<NumericOption> options;
  for (std::string line; std::getline(help, line);) {
    std::istringstream words(line);
    std::string name, type;
    words >> name >> type;
    for (const char* number : {"N", "SEED", "INT", "UINT", "FLOAT", "CLASS"})
      if (name.starts_with('-') && type.substr(0, type.find_first_of(":=")) == number)
        options.push_back({name, number});
  }
  return options;
}

TEST(Numbers, EveryOptionReadsThemStrictly) {
  int tried = 0;
  for (const Arguments& command : {Arguments{"sample"},
                                   {"train"},
                                   {"train-classifier"},
                                   {"eval"},
                                   {"cost"},
                                   {"transport"},
                                   {"render"},
                                   {"bench", "ui"}}) {
    const auto options = numeric_options(command);
    EXPECT_FALSE(options.empty()) << command[0];
    for (const NumericOption& option : options) {
      const bool real = option.type == "FLOAT";
      for (const char* bad :
           {"0x10", "1e3", "nan", "inf", "1,5", " 1", "1 ", "", "18446744073709551616"}) {
        if (real && (*bad == '1' && bad[1] != ' ' && bad[1] != ',')) continue;  // are numbers
        if (command[0] == "transport" && bad == std::string("1,5")) continue;   // is a list
        Arguments arguments = command;
        arguments.insert(arguments.end(), {option.name, bad});
        const auto result = run_program(arguments);
        EXPECT_EQ(result.exit_code, 2) << command[0] << option.name << bad;
        EXPECT_THAT(result.err, AllOf(HasSubstr(option.name), HasSubstr("is no ")))
            << command[0] << " " << option.name << " " << bad;
        ++tried;
      }
    }
  }
  EXPECT_GT(tried, 300);
}

TEST(Numbers, AZeroInFrontMeansNothing) {
  const auto tenth =
      run_program({"cost", "mnist-shil", "--batch", "010", "--bits", "+04", "--json"});
  const auto plain = run_program({"cost", "mnist-shil", "--batch", "10", "--bits", "4", "--json"});
  EXPECT_EQ(tenth.exit_code, 0) << tenth.err;
  EXPECT_EQ(tenth.out, plain.out);
}

}  // namespace
}  // namespace phaseloom
