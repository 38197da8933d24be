//! The few dense operations that training needs, on row-major single precision, in a fixed order of additions, so
//! that the same library always gives the same lens.

const LANES: usize = 8;
/// Rows of the left factor that are kept in the nearest cache while others stream by.
const BLOCK: usize = 48;

/// Dot product, added up in eight lanes.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (left, right) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in left.zip(right) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// `out[i]` = row i of `rows` · `vector`.
pub(super) fn times(rows: &[f32], width: usize, vector: &[f32], out: &mut [f32]) {
    for (row, out) in rows.chunks_exact(width.max(1)).zip(out) {
        *out = dot(row, vector);
    }
}

/// `into` += `share` × `from`.
pub(super) fn add_scaled(into: &mut [f32], share: f32, from: &[f32]) {
    for (x, y) in into.iter_mut().zip(from) {
        *x += share * y;
    }
}

/// The lower triangle L of a symmetric positive definite matrix, L Lᵀ = it, in place; what is above the diagonal is
/// left as it was. A pivot that rounding has made too small is raised to `floor`.
pub(super) fn cholesky(matrix: &mut [f32], n: usize, floor: f32) {
    for first in (0..n).step_by(BLOCK) {
        let last = (first + BLOCK).min(n);
        for i in first..n {
            let (above, below) = matrix.split_at_mut(i * n);
            let own = &mut below[..n];
            for j in first..last.min(i) {
                let other = &above[j * n..j * n + n];
                own[j] = (own[j] - dot(&own[..j], &other[..j])) / other[j];
            }
            if i < last {
                own[i] = (own[i] - dot(&own[..i], &own[..i])).max(floor).sqrt();
            }
        }
    }
}

/// Solves L Lᵀ X = B in place for many right sides: `right` is n rows of `columns` numbers.
pub(super) fn solve(lower: &[f32], n: usize, right: &mut [f32], columns: usize) {
    for i in 0..n {
        let (done, rest) = right.split_at_mut(i * columns);
        let own = &mut rest[..columns];
        for (j, row) in done.chunks_exact(columns).enumerate() {
            add_scaled(own, -lower[i * n + j], row);
        }
        own.iter_mut().for_each(|x| *x /= lower[i * n + i]);
    }
    for i in (0..n).rev() {
        let (before, rest) = right.split_at_mut((i + 1) * columns);
        let own = &mut before[i * columns..];
        for (k, row) in rest.chunks_exact(columns).enumerate() {
            add_scaled(own, -lower[(i + 1 + k) * n + i], row);
        }
        own.iter_mut().for_each(|x| *x /= lower[i * n + i]);
    }
}

/// Entry (at, at) of the inverse of L Lᵀ.
pub(super) fn inverse_at(lower: &[f32], n: usize, at: usize) -> f32 {
    let mut column = vec![0.0f32; n - at];
    column[0] = 1.0 / lower[at * n + at];
    for i in at + 1..n {
        let row = &lower[i * n + at..i * n + i];
        column[i - at] = -dot(row, &column[..i - at]) / lower[i * n + i];
    }
    dot(&column, &column)
}

/// Squared length of L⁻¹ · `vector`.
pub(super) fn length_after(lower: &[f32], n: usize, mut vector: Vec<f32>) -> f32 {
    for i in 0..n {
        vector[i] = (vector[i] - dot(&lower[i * n..i * n + i], &vector[..i])) / lower[i * n + i];
    }
    dot(&vector, &vector)
}

/// Adds row · rowᵀ of each row to the lower triangle of a square matrix.
pub(super) fn add_outer(matrix: &mut [f32], n: usize, rows: &[Vec<f32>]) {
    for i in 0..n {
        let into = &mut matrix[i * n..i * n + i + 1];
        match rows {
            [a, b, c, d] => {
                let (wa, wb, wc, wd) = (a[i], b[i], c[i], d[i]);
                let four = a.iter().zip(b).zip(c).zip(d);
                for (x, (((a, b), c), d)) in into.iter_mut().zip(four) {
                    *x += wa * a + wb * b + wc * c + wd * d;
                }
            }
            _ => rows.iter().for_each(|row| add_scaled(into, row[i], row)),
        }
    }
}
