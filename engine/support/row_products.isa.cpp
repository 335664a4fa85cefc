// SPDX-License-Identifier: MIT
#include "engine/support/row_products.hpp"

#include "engine/support/eigen_isa.hpp"

namespace phaseloom::PHASELOOM_ISA {

void multiply_rows(const RowProducts& job) {
  using Columns = Eigen::MatrixXf;  // a row of ours is a column of Eigen's
  fix_block_sizes();
  const Eigen::Map<const Columns> a(job.a, job.depth, job.a_rows);
  const Eigen::Map<const Columns> b(job.b, job.depth, job.b_rows);
  Eigen::Map<Columns, 0, Eigen::OuterStride<>> c(job.c, job.a_rows, job.b_rows,
                                                 Eigen::OuterStride<>(job.c_stride));
  c.noalias() = a.transpose() * b;
}

}  // namespace phaseloom::PHASELOOM_ISA
