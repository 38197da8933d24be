//! The few dense operations that training and scoring need, on row-major single precision, all made of two: adding
//! up rows by their shares for one text and for many, which compilers turn into wide instructions without being asked.
//!
//! Every sum is added up in the same order on every machine. Wider registers are used where there are any, fused
//! operations are not, so that the same library and words give the same bytes everywhere.

/// Columns of a triangle that are made final together.
const BLOCK: usize = 64;
/// Outputs that are added up together: four rows of sixteen numbers fill the sixteen wide registers of today's
/// processors half, which leaves room for what is added.
const TILE_ROWS: usize = 4;
const TILE: usize = 16;

/// Rows of a matrix that are `stride` numbers apart, of each so many as are wanted.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub numbers: &'a [f32],
    pub stride: usize,
}

/// `out` += the sum of `rows`, each times its share.
pub(super) fn blend(rows: Rows<'_>, shares: &[f32], out: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2")]
        fn wide(rows: Rows<'_>, shares: &[f32], out: &mut [f32]) {
            blend_body(rows, shares, out);
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the one feature that `wide` is compiled with has just been found.
            return unsafe { wide(rows, shares, out) };
        }
    }
    blend_body(rows, shares, out);
}

#[inline(always)]
fn blend_body(rows: Rows<'_>, shares: &[f32], out: &mut [f32]) {
    let n = out.len();
    let row = |i: usize| &rows.numbers[i * rows.stride..i * rows.stride + n];
    let mut at = 0;
    while at + 4 <= shares.len() {
        let (a, b, c, d) = (row(at), row(at + 1), row(at + 2), row(at + 3));
        let (p, q, r, s) = (shares[at], shares[at + 1], shares[at + 2], shares[at + 3]);
        for i in 0..n {
            out[i] += (p * a[i] + q * b[i]) + (r * c[i] + s * d[i]);
        }
        at += 4;
    }
    for (i, share) in shares.iter().enumerate().skip(at) {
        let a = row(i);
        for j in 0..n {
            out[j] += share * a[j];
        }
    }
}

/// Sums for many texts at once: to row i of `out` the sum of `rows`, each times its share in row i of `shares`. Of each
/// row of `out` the first `columns` numbers are added to.
pub(super) fn blend_many(
    rows: Rows<'_>,
    shares: Rows<'_>,
    count: usize,
    out: &mut [f32],
    stride: usize,
    columns: usize,
) {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx2")]
        fn wide(rows: Rows<'_>, shares: Rows<'_>, count: usize, out: &mut [f32], stride: usize, columns: usize) {
            blend_many_body(rows, shares, count, out, stride, columns);
        }
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the one feature that `wide` is compiled with has just been found.
            return unsafe { wide(rows, shares, count, out, stride, columns) };
        }
    }
    blend_many_body(rows, shares, count, out, stride, columns);
}

#[inline(always)]
fn blend_many_body(rows: Rows<'_>, shares: Rows<'_>, count: usize, out: &mut [f32], stride: usize, columns: usize) {
    // Sixteen columns of all rows lie side by side while they are gone through, so that they stay in the nearest cache.
    let mut panel = vec![[0.0f32; TILE]; count];
    for from in (0..columns).step_by(TILE) {
        let width = TILE.min(columns - from);
        for (k, packed) in panel.iter_mut().enumerate() {
            let at = k * rows.stride + from;
            packed[..width].copy_from_slice(&rows.numbers[at..at + width]);
        }
        for (group, out) in out.chunks_mut(TILE_ROWS * stride).enumerate() {
            let height = out.len().div_ceil(stride);
            let share = |r: usize| {
                let at = (group * TILE_ROWS + r.min(height - 1)) * shares.stride;
                &shares.numbers[at..at + count]
            };
            let sums = tile(&panel, [share(0), share(1), share(2), share(3)]);
            for (row, sums) in out.chunks_mut(stride).zip(&sums) {
                row[from..from + width].iter_mut().zip(sums).for_each(|(out, sum)| *out += sum);
            }
        }
    }
}

/// Sums of the panel's rows by four texts' shares.
#[inline(always)]
fn tile(panel: &[[f32; TILE]], shares: [&[f32]; TILE_ROWS]) -> [[f32; TILE]; TILE_ROWS] {
    let mut sums = [[0.0f32; TILE]; TILE_ROWS];
    let [a, b, c, d] = shares;
    for ((((row, a), b), c), d) in panel.iter().zip(a).zip(b).zip(c).zip(d) {
        for j in 0..TILE {
            sums[0][j] += a * row[j];
            sums[1][j] += b * row[j];
            sums[2][j] += c * row[j];
            sums[3][j] += d * row[j];
        }
    }
    sums
}

/// `out[i]` = exp(`sharpness` × (`cosine[i]` − 1)), for a sharpness up to 4.
pub(super) fn likeness(cosine: &[f32], sharpness: f32, out: &mut [f32]) {
    for (out, cosine) in out.iter_mut().zip(cosine) {
        *out = exponential(sharpness * (cosine - 1.0));
    }
}

/// Log odds become chances that sum to 1 (softmax); what lies 32 below the highest is as good as none.
pub(super) fn become_chances(odds: &mut [f32]) {
    let most = odds.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for x in odds.iter_mut() {
        let fourth = exponential((*x - most).max(-32.0) / 4.0);
        *x = (fourth * fourth) * (fourth * fourth);
    }
    let sum: f32 = odds.iter().sum();
    odds.iter_mut().for_each(|x| *x /= sum);
}

/// e to the x for x of -8 to 0, within two millionths: a series for x/8, squared three times. The standard one
/// differs between machines in its last digit and is not done side by side.
#[inline(always)]
fn exponential(x: f32) -> f32 {
    let y = x * 0.125;
    let high = 1.0 / 24.0 + y * (1.0 / 120.0 + y * (1.0 / 720.0 + y * (1.0 / 5040.0 + y * (1.0 / 40320.0))));
    let series = 1.0 + y * (1.0 + y * (0.5 + y * (1.0 / 6.0 + y * high)));
    let square = series * series;
    let fourth = square * square;
    fourth * fourth
}

/// The lower triangle L of a symmetric positive definite n × n matrix, L Lᵀ = it, in place; what is above the
/// diagonal is left as it comes. A pivot that rounding has made too small is raised to `floor`.
pub(super) fn cholesky(matrix: &mut [f32], n: usize, floor: f32) {
    let (mut across, mut taken) = (Vec::new(), Vec::new());
    for first in (0..n).step_by(BLOCK) {
        let last = (first + BLOCK).min(n);
        let size = last - first;
        // The block's own columns, in all rows from its first on.
        for i in first..n {
            let (above, below) = matrix.split_at_mut(i * n);
            let own = &mut below[first..last];
            for j in 0..size.min(i - first) {
                let other = &above[(first + j) * n + first..];
                own[j] = (own[j] - short_dot(&own[..j], &other[..j])) / other[j];
            }
            if i < last {
                let j = i - first;
                own[j] = (own[j] - short_dot(&own[..j], &own[..j])).max(floor).sqrt();
            }
        }
        // What they take from the rest, a few rows at a time: what is above the diagonal comes along for nothing.
        let rest = n - last;
        across.clear();
        across.resize(size * rest, 0.0);
        taken.clear();
        for i in 0..rest {
            let own = &matrix[(last + i) * n + first..(last + i) * n + last];
            own.iter().enumerate().for_each(|(k, x)| across[k * rest + i] = *x);
            taken.extend(own.iter().map(|x| -x));
        }
        for from in (0..rest).step_by(BLOCK) {
            let to = (from + BLOCK).min(rest);
            let trailing = &mut matrix[(last + from) * n + last..(last + to) * n - (n - last - to)];
            let shares = Rows { numbers: &taken[from * size..], stride: size };
            blend_many(Rows { numbers: &across, stride: rest }, shares, size, trailing, n, to);
        }
    }
}

/// Sum of products, in eight parts side by side.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (mut sums, parts) = ([0.0f32; 8], a.len() / 8 * 8);
    for (a, b) in a[..parts].chunks_exact(8).zip(b.chunks_exact(8)) {
        for j in 0..8 {
            sums[j] += a[j] * b[j];
        }
    }
    sums.iter().sum::<f32>() + short_dot(&a[parts..], &b[parts..])
}

fn short_dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Solves L X = B in place for many right sides, which are 0 in the rows before `from`: `right` is the rows from there
/// on, n − `from` of `columns` numbers.
pub(super) fn solve_down(lower: &[f32], n: usize, from: usize, right: &mut [f32], columns: usize) {
    let mut shares = Vec::with_capacity(BLOCK * n);
    for first in (from..n).step_by(BLOCK) {
        let last = (first + BLOCK).min(n);
        let count = first - from;
        let (done, rest) = right.split_at_mut(count * columns);
        shares.clear();
        (first..last).for_each(|i| shares.extend(lower[i * n + from..i * n + first].iter().map(|x| -x)));
        let before = Rows { numbers: done, stride: columns };
        let own = &mut rest[..(last - first) * columns];
        blend_many(before, Rows { numbers: &shares, stride: count }, count, own, columns, columns);
        for i in first..last {
            let (done, rest) = own.split_at_mut((i - first) * columns);
            let row = &mut rest[..columns];
            shares.clear();
            shares.extend(lower[i * n + first..i * n + i].iter().map(|x| -x));
            blend(Rows { numbers: done, stride: columns }, &shares, row);
            row.iter_mut().for_each(|x| *x /= lower[i * n + i]);
        }
    }
}

/// Solves Lᵀ X = B in place for many right sides.
pub(super) fn solve_up(lower: &[f32], n: usize, right: &mut [f32], columns: usize) {
    let mut shares = Vec::with_capacity(BLOCK * n);
    for first in (0..n).step_by(BLOCK).collect::<Vec<_>>().into_iter().rev() {
        let last = (first + BLOCK).min(n);
        let (before, done) = right.split_at_mut(last * columns);
        shares.clear();
        (first..last).for_each(|i| shares.extend((last..n).map(|k| -lower[k * n + i])));
        let after = Rows { numbers: done, stride: columns };
        let own = &mut before[first * columns..];
        blend_many(after, Rows { numbers: &shares, stride: n - last }, n - last, own, columns, columns);
        for i in (first..last).rev() {
            let (before, done) = own.split_at_mut((i + 1 - first) * columns);
            let row = &mut before[(i - first) * columns..];
            shares.clear();
            shares.extend((i + 1..last).map(|k| -lower[k * n + i]));
            blend(Rows { numbers: done, stride: columns }, &shares, row);
            row.iter_mut().for_each(|x| *x /= lower[i * n + i]);
        }
    }
}

/// The same numbers with rows and columns exchanged.
pub(super) fn transposed(rows: &[f32], width: usize) -> Vec<f32> {
    let height = rows.len() / width.max(1);
    let mut out = vec![0.0; rows.len()];
    for (i, row) in rows.chunks_exact(width.max(1)).enumerate() {
        for (j, x) in row.iter().enumerate() {
            out[j * height + i] = *x;
        }
    }
    out
}
