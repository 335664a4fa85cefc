// SPDX-License-Identifier: MIT
#include "app/cli/sample_shards.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ranges>
#include <set>
#include <system_error>

#include "engine/data/dump_json.hpp"
#include "engine/data/json_number.hpp"
#include "engine/data/npy.hpp"
#include "engine/support/atomic_file.hpp"
#include "engine/support/error.hpp"
#include "engine/support/printable.hpp"

namespace phaseloom {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char *kRun = "run.json", *kManifest = "manifest.json";
constexpr const char* kKind = "samples";
constexpr int kVersion = 1;
constexpr std::size_t kMaxText = std::size_t{64} << 20;  // of a million files
constexpr int kMaxSamples = 1'000'000'000;

std::string read_text(const fs::path& path) {
  const auto bytes = read_file(path, kMaxText);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

}  // namespace

SampleShards::SampleShards(fs::path folder, const Json& run, int samples, int shard_size,
                           PictureShape shape)
    : folder_(std::move(folder)), samples_(samples), shard_size_(shard_size), shape_(shape) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail("{}: cannot make this folder: {}", folder_.string(), error.message());
  Json all{{"phaseloom", kKind},
           {"version", kVersion},
           {"samples", samples},
           {"samples_in_a_file", shard_size},
           {"picture", {shape.channels, shape.height, shape.width}}};
  all.update(run);
  run_ = dump_json(all, 2) + "\n";
  claim_folder();
}

void SampleShards::claim_folder() const {
  const fs::path file = folder_ / kRun;
  if (!is_file(file)) {
    if (is_file(folder_ / kManifest) ||
        std::ranges::any_of(std::views::iota(0, count()),
                            [&](int s) { return is_file(file_of(s)); }))
      fail("{}: holds samples, and no {} that says which; give another folder", folder_.string(),
           kRun);
    // Of two that begin at once one makes the file; the other one finds it.
    AtomicFile mine(file);
    mine.write(std::as_bytes(std::span(run_)));
    std::error_code error;
    fs::create_hard_link(mine.temporary(), file, error);
    if (error && error != std::errc::file_exists) mine.commit();  // no links here
  }
  if (const std::string there = read_text(file); there != run_)
    fail(
        "{}: holds samples of another run, or of other numbers ({} tells of which); give another "
        "folder",
        folder_.string(), kRun);
}

ItemRange SampleShards::samples_of(int shard) const {
  const int begin = shard * shard_size_;
  return {begin, begin + std::min(shard_size_, samples_ - begin)};
}

std::string SampleShards::name_of(int shard) const {
  return fmt::format("samples-{:06}.npy", shard);
}

fs::path SampleShards::file_of(int shard) const { return folder_ / name_of(shard); }

bool SampleShards::is_there(int shard) const {
  const auto header = npy_header(array_of(samples_of(shard).size(), shape_));
  const std::uintmax_t size =
      header.size() + sizeof(float) * static_cast<std::uintmax_t>(samples_of(shard).size()) *
                          static_cast<std::uintmax_t>(shape_.size());
  std::error_code error;
  const fs::path file = file_of(shard);
  if (fs::file_size(file, error) != size || error) return false;
  std::vector<char> begin(header.size());
  std::ifstream(file, std::ios::binary)
      .read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return std::ranges::equal(std::as_bytes(std::span(begin)), header);
}

int SampleShards::finish() const {
  int there = 0;
  Json files = Json::array();
  for (int shard = 0; shard < count(); ++shard) {
    there += is_there(shard);
    files.push_back({{"file", name_of(shard)},
                     {"first", samples_of(shard).begin},
                     {"samples", samples_of(shard).size()}});
  }
  if (there < count()) return there;
  Json manifest = Json::parse(run_);
  manifest["files"] = std::move(files);
  const std::string text = dump_json(manifest, 2) + "\n";
  const fs::path file = folder_ / kManifest;
  if (!is_file(file) || read_text(file) != text) write_file_atomically(file, text);
  return there;
}

SampleManifest read_manifest(const fs::path& path) {
  SampleManifest manifest;
  try {
    const Json json = Json::parse(read_text(path));
    if (json.at("phaseloom") != kKind || json.at("version") != kVersion)
      fail("{}: is no manifest of samples, or of another version", path.string());
    std::set<std::string> names;
    for (const Json& shard : json.at("files")) {
      const auto name = shard.at("file").get<std::string>();
      int samples = 0;
      read_number(shard.at("samples"), fmt::format("{}: samples", path.string()).c_str(), samples);
      if (samples < 1 || samples > kMaxSamples - manifest.samples)
        fail("{}: {} holds {} samples; 1 or more, and {} in all, are right", path.string(),
             printable(name), samples, kMaxSamples);
      if (fs::path(name).filename() != name || fs::path(name).extension() != ".npy" ||
          name.find('\0') != std::string::npos)
        fail("{}: {} is no .npy file of this folder", path.string(), printable(name));
      int first = 0;
      read_number(shard.at("first"), fmt::format("{}: first", path.string()).c_str(), first);
      if (first != manifest.samples || !names.insert(name).second)
        fail("{}: {} begins with sample {}; {} is next", path.string(), printable(name), first,
             manifest.samples);
      manifest.shards.push_back({path.parent_path() / name, samples});
      check_readable(manifest.shards.back().file);
      manifest.samples += samples;
    }
    int all = 0;
    read_number(json.at("samples"), fmt::format("{}: samples", path.string()).c_str(), all);
    if (all != manifest.samples)
      fail("{}: says {} samples, and lists {}", path.string(), all, manifest.samples);
  } catch (const Json::exception&) {
    fail("{}: is no manifest of samples as `phaseloom sample --shard` writes it", path.string());
  }
  if (manifest.shards.empty()) fail("{}: names no files", path.string());
  return manifest;
}

}  // namespace phaseloom
