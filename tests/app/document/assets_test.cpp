// SPDX-License-Identifier: MIT
#include "app/document/assets.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

#include "tests/support/environment.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/places.hpp"
#include "tests/support/temporary_folder.hpp"

namespace phaseloom {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Assets in a folder of their own for one test.
class Assets : public ::testing::Test {
 protected:
  Assets() {
    ::setenv("PHASELOOM_ASSETS", folder_.path().c_str(), 1);
    std::filesystem::create_directory(folder_ / "models");
    for (const char* name : {"models/b.safetensors", "models/a.safetensors", "models/notes.txt",
                             "models/a-classifier.safetensors", "models/a-features.safetensors"})
      std::ofstream(folder_ / name) << name;
  }
  ~Assets() override { ::unsetenv("PHASELOOM_ASSETS"); }
  TemporaryFolder folder_;
};

TEST_F(Assets, Paths) {
  EXPECT_EQ(asset_path("models/notes.txt"), folder_ / "models/notes.txt");
  EXPECT_THAT(
      error_of([] { asset_path("presets/none.json"); }),
      AllOf(HasSubstr("'presets/none.json' is missing"), HasSubstr(folder_.path().string())));
}

TEST_F(Assets, ModelsByNameOrPath) {
  EXPECT_THAT(shipped_models(), ElementsAre("a", "b"));
  EXPECT_EQ(model_file("a"), folder_ / "models/a.safetensors");
  EXPECT_EQ(model_file((folder_ / "models/notes.txt").string()), folder_ / "models/notes.txt");
  EXPECT_THAT(error_of([] { model_file("c"); }),
              HasSubstr("'c': no such file, nor a shipped model (a, b)"));
  for (const char* name : {"", ".", "..", "../models/a", "a.safetensors", "a/"})
    if (!std::filesystem::exists(name)) error_of([&] { model_file(name); });
}

// The one way from a name to a model: the error is of the file that the name stands for.
TEST_F(Assets, NamedModels) {
  EXPECT_THAT(error_of([] { load_named_model("a"); }),
              HasSubstr((folder_ / "models/a.safetensors").string()));
  EXPECT_THAT(error_of([] { load_named_model("c"); }), HasSubstr("nor a shipped model"));
}

TEST(KeepModel, MakesItsFolderAndTakesItsName) {
  const TemporaryFolder folder;
  const Program program =
      make_program(substrate_named("kuramoto"), Topology::all_to_all({3, 1, 1}, 3), 1, 1, 0.1, 1);
  const auto file = folder / "new/deep/mine.safetensors";
  keep_model(file, {program, "in training", R"({"cycles": 3})"});
  const Model kept = load_model(file);
  EXPECT_EQ(kept.name, "mine");
  EXPECT_EQ(kept.program.values, program.values);
  EXPECT_EQ(kept.training, R"({"cycles":3})");
  // Where a file is there can be no folder.
  EXPECT_THAT(error_of([&] { keep_model(file / "x.safetensors", kept); }),
              HasSubstr("mine.safetensors"));
}

TEST(Home, IsWhatTheVariableSaysOrTheSystem) {
  const TemporaryFolder folder;
  const EnvironmentGuard config("XDG_CONFIG_HOME", ""), state("XDG_STATE_HOME", "relative");
  {
    const EnvironmentGuard home("HOME", folder.path().string());
    EXPECT_EQ(home_folder(), folder.path());
    EXPECT_EQ(from_home("~"), folder.path());
    EXPECT_EQ(from_home("~/a b/c"), folder / "a b/c");
    for (const char* as_it_is : {"a", "/~/a", "~a", "a/~", ""})
      EXPECT_EQ(from_home(as_it_is), as_it_is);
    EXPECT_EQ(user_config_folder(), folder / ".config/phaseloom");
    EXPECT_EQ(user_state_folder(), folder / ".local/state/phaseloom");
  }
  for (const char* none : {"", "relative"}) {
    const EnvironmentGuard home("HOME", none);
    const passwd* user = ::getpwuid(::getuid());
    const std::filesystem::path known = user ? user->pw_dir : "";
    if (known.is_absolute() && std::filesystem::is_directory(known))
      EXPECT_EQ(home_folder(), known);
    else
      EXPECT_EQ(home_folder(), "");
    for (const auto& path :
         {user_config_folder(), user_state_folder(), user_models_folder(), user_results_file()})
      EXPECT_TRUE(path.empty() || path.is_absolute()) << path;
  }
}

TEST_F(Assets, SourceTreeByDefault) {
  ::unsetenv("PHASELOOM_ASSETS");
  EXPECT_THAT(error_of([] { asset_path("no such thing"); }),
              HasSubstr(source_folder() + "/assets"));
}

}  // namespace
}  // namespace phaseloom
