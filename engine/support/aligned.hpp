// SPDX-License-Identifier: MIT
#pragma once
// Arrays aligned to a cache line, which is also the widest vector register.

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstddef>
#include <new>
#include <vector>

namespace phaseloom {

inline constexpr std::size_t kAlignment = 64;
/// Arrays from here on ask for pages of this size: walking through megabytes of states in small
/// pages, the processor spends more time on looking up addresses than on arithmetic.
inline constexpr std::size_t kHugePage = std::size_t{2} << 20;

template <class T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() = default;
  template <class U>
  AlignedAllocator(const AlignedAllocator<U>&) {}
  T* allocate(std::size_t n) {
    const std::size_t bytes = n * sizeof(T);
    void* p = ::operator new(bytes, std::align_val_t(alignment(n)));
#if defined(__linux__)
    if (bytes >= kHugePage)
      ::madvise(p, bytes, MADV_HUGEPAGE);  // a wish; a refusal changes nothing
#endif
    return static_cast<T*>(p);
  }
  void deallocate(T* p, std::size_t n) { ::operator delete(p, std::align_val_t(alignment(n))); }
  template <class U>
  bool operator==(const AlignedAllocator<U>&) const {
    return true;
  }

 private:
  static std::size_t alignment(std::size_t n) {
    return n * sizeof(T) >= kHugePage ? kHugePage : kAlignment;
  }
};

template <class T>
using AlignedVector = std::vector<T, AlignedAllocator<T>>;

}  // namespace phaseloom
