/**
 * One piece of work as it lies in memory — a number for what to do and its arguments, each 4 bytes — and the part of
 * it that a thread does at a time. The order of the arguments is written once more in `../work.ts`, which must agree.
 */
import { columnSums, normalise, normaliseGradient } from './columns';
import { nearest, packPanels, squaredDistances } from './distances';
import { adam, add, leakyGradient, scaledDifference, sigmoidGradient } from './elementwise';
import { GEMM_WORKSPACE, multiply, packLeft, panelsOf } from './gemm';
import { shareOf } from './share';

/** Bytes of workspace every thread needs. */
export const WORKSPACE_BYTES: i32 = GEMM_WORKSPACE;

const enum Work {
  Multiply = 1,
  LeakyGradient = 2,
  SigmoidGradient = 3,
  Add = 4,
  ScaledDifference = 5,
  Adam = 6,
  ColumnSums = 7,
  Normalise = 8,
  NormaliseGradient = 9,
  PackPanels = 10,
  SquaredDistances = 11,
  Nearest = 12,
  PackLeft = 13,
}

function i(args: usize, index: usize): i32 {
  return load<i32>(args + (index << 2));
}

function p(args: usize, index: usize): usize {
  return load<usize>(args + (index << 2));
}

function f(args: usize, index: usize): f32 {
  return load<f32>(args + (index << 2));
}

/** Does part `part` of `parts` of the work whose arguments lie at `a`, in the workspace of the thread that does it. */
export function doPart(work: i32, a: usize, part: i32, parts: i32, workspace: usize): void {
  switch (work) {
    case Work.PackLeft: {
      const panels = panelsOf(i(a, 1));
      const from = shareOf(panels, 1, part, parts);
      return packLeft(i(a, 0) != 0, i(a, 1), i(a, 2), p(a, 3), p(a, 4), from, shareOf(panels, 1, part + 1, parts));
    }
    case Work.Multiply: {
      const flags = i(a, 0);
      const n = i(a, 2);
      const from = shareOf(n, 8, part, parts);
      const to = shareOf(n, 8, part + 1, parts);
      const transposed: bool = (flags & 1) != 0;
      const adding: bool = (flags & 2) != 0;
      if (from < to) {
        multiply(transposed, i(a, 1), n, i(a, 3), p(a, 4), p(a, 5), p(a, 6), p(a, 7), f(a, 8), adding, from, to, workspace);
      }
      return;
    }
    case Work.Normalise: {
      const columns = i(a, 6);
      const from = shareOf(columns, 8, part, parts);
      const to = shareOf(columns, 8, part + 1, parts);
      return normalise(p(a, 0), p(a, 1), p(a, 2), p(a, 3), i(a, 4), i(a, 5), columns, f(a, 7), f(a, 8), from, to);
    }
    case Work.NormaliseGradient: {
      const columns = i(a, 8);
      const from = shareOf(columns, 8, part, parts);
      const to = shareOf(columns, 8, part + 1, parts);
      return normaliseGradient(
        p(a, 0), p(a, 1), p(a, 2), p(a, 3), p(a, 4), p(a, 5), i(a, 6), i(a, 7), columns, f(a, 9), from, to,
      );
    }
    case Work.ColumnSums: {
      const columns = i(a, 3);
      return columnSums(
        p(a, 0), p(a, 1), i(a, 2), columns, shareOf(columns, 8, part, parts), shareOf(columns, 8, part + 1, parts),
      );
    }
    case Work.PackPanels: {
      const lanes = i(a, 4);
      const panels = (i(a, 2) + lanes - 1) / lanes;
      const from = shareOf(panels, 1, part, parts);
      return packPanels(p(a, 0), p(a, 1), i(a, 2), i(a, 3), lanes, from, shareOf(panels, 1, part + 1, parts));
    }
    case Work.SquaredDistances: {
      const from = shareOf(i(a, 3), 4, part, parts);
      const to = shareOf(i(a, 3), 4, part + 1, parts);
      return squaredDistances(p(a, 0), p(a, 1), p(a, 2), i(a, 4), i(a, 5), from, to, workspace);
    }
    case Work.Nearest: {
      const from = shareOf(i(a, 5), 4, part, parts);
      const to = shareOf(i(a, 5), 4, part + 1, parts);
      return nearest(
        p(a, 0), p(a, 1), p(a, 2), p(a, 3), p(a, 4), i(a, 6), i(a, 7), i(a, 8), i(a, 9), from, to, workspace,
      );
    }
    default:
      return doElements(work, a, shareOf(i(a, 0), 4, part, parts), shareOf(i(a, 0), 4, part + 1, parts));
  }
}

/** Work on vectors, whose first argument is their length. */
function doElements(work: i32, a: usize, from: i32, to: i32): void {
  switch (work) {
    case Work.LeakyGradient:
      return leakyGradient(p(a, 1), p(a, 2), p(a, 3), f(a, 4), from, to);
    case Work.SigmoidGradient:
      return sigmoidGradient(p(a, 1), p(a, 2), p(a, 3), from, to);
    case Work.Add:
      return add(p(a, 1), p(a, 2), p(a, 3), from, to);
    case Work.ScaledDifference:
      return scaledDifference(p(a, 1), p(a, 2), p(a, 3), f(a, 4), from, to);
    case Work.Adam:
      return adam(p(a, 1), p(a, 2), p(a, 3), p(a, 4), f(a, 5), f(a, 6), f(a, 7), f(a, 8), from, to);
    default:
      unreachable();
  }
}
