#pragma once
/// Memory for the cells of a table, in large pages where the system has them: the first touch of
/// each fresh page costs more than writing it.

#include <cstddef>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace zeroskew {

class Slab {
 public:
  explicit Slab(std::size_t bytes)
      : alignment_{bytes < 2 * page ? std::size_t{64} : page},
        cells_(::operator new(bytes, alignment_)) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    if (bytes >= 2 * page) (void)::madvise(cells_, bytes, MADV_HUGEPAGE);  // advice only
#endif
  }
  Slab(const Slab&) = delete;
  Slab& operator=(const Slab&) = delete;
  ~Slab() { ::operator delete(cells_, alignment_); }

  [[nodiscard]] std::byte* at(std::size_t byte) const noexcept {
    return static_cast<std::byte*>(cells_) + byte;
  }

 private:
  static constexpr std::size_t page = std::size_t{1} << 21;

  std::align_val_t alignment_;
  void* cells_;
};

}  // namespace zeroskew
