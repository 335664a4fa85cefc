#include "engine/support/row_products.hpp"

#if defined(__GNUC__) && !defined(__clang__)
// Its own header of AVX-512 intrinsics trips the warning (GCC bug 105593).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif

// Eigen's templates must not be shared between the instruction sets, where the linker would keep
// any one of the copies: each set has a namespace Eigen of its own.
#define PHASELOOM_JOIN(a, b) a##b
#define PHASELOOM_NAME(a, b) PHASELOOM_JOIN(a, b)
#define Eigen PHASELOOM_NAME(phaseloom_eigen_, PHASELOOM_ISA)
#include <Eigen/Core>

namespace phaseloom::PHASELOOM_ISA {

void multiply_rows(const RowProducts& job) {
  using Columns = Eigen::MatrixXf;  // a row of ours is a column of Eigen's
  static const bool fixed = [] {
    Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
    return true;
  }();
  (void)fixed;
  const Eigen::Map<const Columns> a(job.a, job.depth, job.a_rows);
  const Eigen::Map<const Columns> b(job.b, job.depth, job.b_rows);
  Eigen::Map<Columns, 0, Eigen::OuterStride<>> c(job.c, job.a_rows, job.b_rows,
                                                 Eigen::OuterStride<>(job.c_stride));
  c.noalias() = a.transpose() * b;
}

}  // namespace phaseloom::PHASELOOM_ISA
