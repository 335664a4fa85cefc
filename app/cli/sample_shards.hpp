// SPDX-License-Identifier: MIT
#pragma once
// A folder of pictures in files of equally many, for more of them than one process makes or one
// file should hold. Who makes which file does not matter: pictures are numbered, and a file is
// there whole or not at all, so what is there already is not made again.
//
//   FOLDER/run.json               what all of them are: model, numbers, settings
//   FOLDER/samples-000000.npy     the first ones: float32 (n, height, width)
//   FOLDER/manifest.json          run.json and the list of files: when it is there, all of them are

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/support/picture_shape.hpp"
#include "engine/support/ranks.hpp"

namespace phaseloom {

class SampleShards {
 public:
  /// Makes the folder, if needed. Throws Error if it holds samples that are described otherwise, or
  /// not at all.
  /// @param run how the samples are made
  SampleShards(std::filesystem::path folder, const nlohmann::ordered_json& run, int samples,
               int shard_size, PictureShape shape);

  int count() const { return (samples_ + shard_size_ - 1) / shard_size_; }
  ItemRange samples_of(int shard) const;
  std::filesystem::path file_of(int shard) const;
  /// Whole, by its size and header.
  bool is_there(int shard) const;
  /// Writes the manifest if all files are there; returns how many are.
  int finish() const;

 private:
  std::string name_of(int shard) const;
  void claim_folder() const;

  std::filesystem::path folder_;
  int samples_, shard_size_;
  PictureShape shape_;
  std::string run_;  // run.json
};

/// The files of a manifest, to be read in parts.
struct SampleManifest {
  struct Shard {
    std::filesystem::path file;
    int samples = 0;
  };
  std::vector<Shard> shards;
  int samples = 0;
};

/// @param path of the manifest. Throws Error if it is damaged, or a file is missing.
SampleManifest read_manifest(const std::filesystem::path& path);

}  // namespace phaseloom
