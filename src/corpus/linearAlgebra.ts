/**
 * The eigenvalue problem of a real symmetric matrix, in float64: what PCA and the distribution metrics
 * stand on. Knows nothing of features or of what the matrix means.
 */

export interface Eigen {
  /** Eigenvalues in descending order. */
  readonly values: Float64Array;
  /** `[n, n]`, row i the unit eigenvector of `values[i]`; null where only the values were asked for. */
  readonly vectors: Float64Array | null;
}

/** A symmetric tridiagonal matrix: `diagonal[i]`, and `below[i]` between rows i − 1 and i. */
interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly below: Float64Array;
}

/**
 * Householder reduction of the symmetric `a` (`[n, n]`, overwritten) to tridiagonal form, column by column,
 * reading and writing its lower triangle only; with `basis` (the identity at first, `[n, n]`) its rows
 * become the orthonormal vectors in which `a` is tridiagonal.
 */
function tridiagonalise(a: Float64Array, n: number, basis: Float64Array | null): Tridiagonal {
  const diagonal = new Float64Array(n);
  const below = new Float64Array(n);
  const u = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n - 2; k++) {
    let squares = 0;
    for (let i = k + 1; i < n; i++) {
      u[i] = a[i * n + k];
      squares += u[i] * u[i];
    }
    const norm = Math.sqrt(squares);
    const alpha = u[k + 1] > 0 ? -norm : norm;
    below[k + 1] = alpha;
    // ‖u‖² / 2 after u[k + 1] -= alpha; 0 where the column is already reduced to nothing.
    const h = squares - u[k + 1] * alpha;
    if (h === 0) continue;
    u[k + 1] -= alpha;
    reflectBothSides(a, n, k + 1, u, h, p);
    if (basis) reflectRows(basis, n, k + 1, u, h, p);
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i];
  if (n > 1) below[n - 1] = a[(n - 1) * n + n - 2];
  return { diagonal, below };
}

/** a ← H a H on rows and columns from `first`, H = 1 − u uᵀ / h, lower triangle only; `p` is scratch. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  first: number,
  u: Float64Array,
  h: number,
  p: Float64Array,
): void {
  p.fill(0, first);
  for (let i = first; i < n; i++) {
    const row = i * n;
    let dot = a[row + i] * u[i];
    for (let j = first; j < i; j++) {
      dot += a[row + j] * u[j];
      p[j] += a[row + j] * u[i];
    }
    p[i] += dot;
  }
  let uDotP = 0;
  for (let i = first; i < n; i++) uDotP += p[i] * u[i];
  // p ← (a u)/h − (uᵀa u / 2h²) u
  for (let i = first; i < n; i++) p[i] = (p[i] - (uDotP / (2 * h)) * u[i]) / h;
  for (let i = first; i < n; i++) {
    const row = i * n;
    for (let j = first; j <= i; j++) a[row + j] -= u[i] * p[j] + p[i] * u[j];
  }
}

/** basis ← H basis on rows from `first`; `p` is scratch. */
function reflectRows(
  basis: Float64Array,
  n: number,
  first: number,
  u: Float64Array,
  h: number,
  p: Float64Array,
): void {
  p.fill(0);
  for (let i = first; i < n; i++) for (let j = 0; j < n; j++) p[j] += u[i] * basis[i * n + j];
  for (let i = first; i < n; i++) {
    const factor = u[i] / h;
    for (let j = 0; j < n; j++) basis[i * n + j] -= factor * p[j];
  }
}

const MAXIMUM_SWEEPS = 60;

/** Implicit QL with Wilkinson's shift: `diagonal` becomes the eigenvalues, rows of `basis` their vectors. */
function diagonalise({ diagonal: d, below }: Tridiagonal, n: number, basis: Float64Array | null): void {
  // e[i] couples rows i and i + 1.
  const e = new Float64Array(n);
  e.set(below.subarray(1));
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > Number.EPSILON * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      if (sweep === MAXIMUM_SWEEPS) throw new Error('The eigenvalues did not converge: is a value NaN?');
      chase(d, e, l, m, n, basis);
    }
  }
}

/** One QL sweep over the unreduced block l … m: a bulge is chased upwards by plane rotations. */
function chase(
  d: Float64Array,
  e: Float64Array,
  l: number,
  m: number,
  n: number,
  basis: Float64Array | null,
): void {
  const slope = (d[l + 1] - d[l]) / (2 * e[l]);
  const root = Math.hypot(slope, 1);
  let g = d[m] - d[l] + e[l] / (slope + (slope >= 0 ? root : -root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // The block splits here: take back the shift and start anew.
      d[i + 1] -= shift;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - shift;
    const t = (d[i] - g) * sine + 2 * cosine * b;
    shift = sine * t;
    d[i + 1] = g + shift;
    g = cosine * t - b;
    if (basis) rotateRows(basis, n, i, sine, cosine);
  }
  d[l] -= shift;
  e[l] = g;
  e[m] = 0;
}

function rotateRows(basis: Float64Array, n: number, i: number, sine: number, cosine: number): void {
  const upper = i * n;
  const lower = upper + n;
  for (let j = 0; j < n; j++) {
    const a = basis[upper + j];
    const b = basis[lower + j];
    basis[lower + j] = sine * a + cosine * b;
    basis[upper + j] = cosine * a - sine * b;
  }
}

/**
 * Eigenvalues, and on request eigenvectors, of a symmetric matrix `[n, n]` (its lower triangle is
 * read; the argument is kept). Householder reduction, then implicit QL (Golub & Van Loan, ch. 8).
 * @throws where a value is not finite.
 */
export function symmetricEigen(matrix: Float64Array, n: number, withVectors = false): Eigen {
  if (!matrix.every(Number.isFinite)) throw new Error('A matrix with a value that is not finite.');
  const basis = withVectors ? new Float64Array(n * n) : null;
  if (basis) for (let i = 0; i < n; i++) basis[i * n + i] = 1;
  const tridiagonal = tridiagonalise(Float64Array.from(matrix), n, basis);
  diagonalise(tridiagonal, n, basis);
  const { diagonal } = tridiagonal;
  const order = Array.from(diagonal, (_, i) => i).sort((i, j) => diagonal[j] - diagonal[i]);
  const values = Float64Array.from(order, (i) => diagonal[i]);
  if (!basis) return { values, vectors: null };
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    vectors.set(basis.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values, vectors };
}
