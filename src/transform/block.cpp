#include "zeroskew/transform/block.hpp"

#include <algorithm>

namespace zeroskew {
namespace {

constexpr std::size_t chunk_bytes = 4096;

}  // namespace

Block::Block(BlockShape shape, std::size_t capacity)
    : capacity_(capacity),
      words_(std::make_unique<std::byte[]>(shape.words * capacity * 8)),
      texts_(std::make_unique<std::string_view[]>(shape.texts * capacity)),
      valid_(std::make_unique<std::uint8_t[]>(shape.columns * capacity)) {}

char* Block::text_space(std::size_t bytes) {
  while (chunk_ < chunks_.size() && chunks_[chunk_].size - used_ < bytes) {
    ++chunk_;
    used_ = 0;
  }
  if (chunk_ == chunks_.size()) {
    const std::size_t size = std::max(bytes, chunk_bytes << std::min<std::size_t>(chunk_, 12));
    chunks_.push_back({std::make_unique<char[]>(size), size});
    used_ = 0;
  }
  char* space = chunks_[chunk_].bytes.get() + used_;
  used_ += bytes;
  return space;
}

}  // namespace zeroskew
