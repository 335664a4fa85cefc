#include "app/session/assets.hpp"

#include <cstdlib>
#include <fstream>

#include "tests/support/expect_error.hpp"
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

TEST_F(Assets, SourceTreeByDefault) {
  ::unsetenv("PHASELOOM_ASSETS");
  EXPECT_THAT(error_of([] { asset_path("no such thing"); }),
              HasSubstr(std::string(PHASELOOM_SOURCE_DIR) + "/assets"));
}

}  // namespace
}  // namespace phaseloom
