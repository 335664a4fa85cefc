// SPDX-License-Identifier: MIT
#pragma once
// Small IDX files.

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstddef>
#include <initializer_list>
#include <vector>

namespace phaseloom {

using Bytes = std::vector<std::byte>;

inline Bytes bytes_of(std::initializer_list<int> values) {
  Bytes bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

inline Bytes gzipped(const Bytes& plain) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  Bytes out(deflateBound(&stream, plain.size()) + 32);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

/// Two images of 2 x 3 (height x width), labels 7 and 1.
inline const Bytes kImages = bytes_of({0, 0, 8, 3, 0, 0, 0, 2, 0, 0,  0,  2,  0, 0, 0, 3,  //
                                       1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255});
inline const Bytes kLabels = bytes_of({0, 0, 8, 1, 0, 0, 0, 2, 7, 1});

}  // namespace phaseloom
