// SPDX-License-Identifier: MIT
#pragma once
// Bad input must give one line that says enough.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "engine/support/error.hpp"

namespace phaseloom {

/// The message of the Error that `action` throws; a test failure when it throws none.
template <class Action>
std::string error_of(Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    const std::string message = error.what();
    EXPECT_FALSE(message.empty());
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    return message;
  }
  ADD_FAILURE() << "no Error was thrown";
  return "";
}

}  // namespace phaseloom
