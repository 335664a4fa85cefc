// SPDX-License-Identifier: MIT
#include "engine/data/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>

#include "engine/support/error.hpp"

namespace phaseloom {
namespace {

struct Inflater {
  z_stream stream{};
  explicit Inflater(std::string_view source_name) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream, gzip_only) != Z_OK)
      fail("{}: cannot start unpacking; is the memory full?", source_name);
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
};

}  // namespace

bool is_gzip(std::span<const std::byte> bytes) {
  return bytes.size() >= 2 && bytes[0] == std::byte{0x1f} && bytes[1] == std::byte{0x8b};
}

std::vector<std::byte> gunzip(std::span<const std::byte> bytes, std::size_t max_bytes,
                              std::string_view source_name) {
  if (bytes.size() > std::numeric_limits<uInt>::max())
    fail("{}: has {} bytes; gzip files over 4 GiB are not read", source_name, bytes.size());
  Inflater inflater(source_name);
  z_stream& stream = inflater.stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());

  constexpr std::size_t block = 1 << 16;
  std::vector<std::byte> out;
  std::size_t filled = 0;
  int status = Z_OK;
  while (status == Z_OK) {
    if (filled == out.size())
      out.resize(std::min(std::max(filled + block, 2 * filled), max_bytes + 1));
    const std::size_t room = out.size() - filled;
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + filled);
    stream.avail_out = static_cast<uInt>(std::min<std::size_t>(room, 1u << 30));
    const uInt offered = stream.avail_out;
    status = inflate(&stream, Z_NO_FLUSH);
    filled += offered - stream.avail_out;
    if (filled > max_bytes)
      fail("{}: unpacks to more than {} bytes; it is not what it should be", source_name,
           max_bytes);
    // A file may have several members, whose contents belong one after the other (RFC 1952).
    const std::span<const std::byte> rest = bytes.last(stream.avail_in);
    if (status == Z_STREAM_END && is_gzip(rest)) status = inflateReset(&stream);
  }
  if (status == Z_BUF_ERROR)
    fail("{}: the gzip data end early; is the download complete?", source_name);
  if (status == Z_MEM_ERROR) fail("{}: not enough memory to unpack", source_name);
  if (status != Z_STREAM_END)
    fail("{}: the gzip data are damaged ({}); get the file again", source_name,
         stream.msg != nullptr ? stream.msg : "unknown error");
  if (stream.avail_in != 0)
    fail("{}: {} bytes follow the gzip data; get the file again", source_name, stream.avail_in);
  out.resize(filled);
  return out;
}

}  // namespace phaseloom
