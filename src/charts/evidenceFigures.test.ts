import { describe, expect, it } from 'vitest';
import { curveValue } from '../diagnosis/curves.ts';
import type { Evidence, PairAnchors, SetMetrics } from '../diagnosis/evidence.ts';
import { SET_METRICS } from '../diagnosis/evidence.ts';
import { anchorBands, EVIDENCE_CELLS, evidenceLines, placeOfCurve, WHOLE_VIEW } from './evidenceCells.ts';
import {
  COMPACT_EVIDENCE_HEIGHT,
  EVIDENCE_HEIGHT,
  type EvidenceFigureOptions,
  evidenceFigure,
  evidenceRange,
} from './evidenceFigures.ts';
import { lossFigure } from './lossFigures.ts';

const metrics = (value: number | null): SetMetrics =>
  Object.fromEntries(SET_METRICS.map((name) => [name, value])) as SetMetrics;
const set = (all: number | null, low: number | null = all) => ({
  all: metrics(all),
  classes: [metrics(low), null, metrics(all)],
});
const anchors: PairAnchors = {
  A: { ceiling: set(0.8), floor: set(0.2) },
  B: { ceiling: set(0.9, 0.7), floor: set(0.1) },
  C: { ceiling: set(0.8), floor: set(null) },
};

const evidence = (step: number, value: number, gradients: Record<string, number> = {}): Evidence => ({
  step,
  sets: { A: set(value), B: set(value / 2, value / 4), C: set(null) },
  condition: value,
  ms: 1,
  networks: {
    step,
    gradients,
    discriminators: { S: { seen: value, heldOut: null }, T: { seen: value, heldOut: value } },
    cycle: { clean: value, noisy: 2 * value, noise: 0.1 },
    heard: null,
    ms: 1,
  },
  losses: {},
  diverged: null,
  changes: [],
});

const options: EvidenceFigureOptions = {
  theme: 'light',
  palette: 'paper',
  view: WHOLE_VIEW,
  anchors,
  compact: false,
};
const series = { moments: [evidence(10, 0.5), evidence(20, 0.6)], final: null };

const traces = (figure: ReturnType<typeof evidenceFigure>) =>
  figure.data as unknown as { uid: string; x: number[]; y: (number | null)[]; line?: { width: number } }[];
const drawn = (figure: ReturnType<typeof evidenceFigure>) =>
  Object.fromEntries(traces(figure).map(({ uid, y }) => [uid, y]));

describe('charts of the evidence', () => {
  it('show A, B and C of a metric over steps, and a gap where nothing was measured', () => {
    const figure = evidenceFigure('recall', series, options);
    expect(drawn(figure)).toMatchObject({
      'A/recall': [0.5, 0.6],
      'B/recall': [0.25, 0.3],
      'C/recall': [null, null],
    });
    expect(traces(figure)[0].x).toEqual([10, 20]);
    expect(figure.layout.xaxis?.range).toEqual([10, 20]);
  });

  it('show one type and one class alone', () => {
    const view = { type: 'B', classIndex: 0 } as const;
    const figure = evidenceFigure('recall', series, { ...options, view });
    expect(drawn(figure)).toEqual({ 'B/recall/0': [0.125, 0.15], 'B/recall/0-final': [] });
    expect(anchorBands('recall', anchors, view)).toEqual([
      { anchor: 'ceiling', low: 0.7, high: 0.7 },
      { anchor: 'floor', low: 0.1, high: 0.1 },
    ]);
  });

  it('span the anchors of the types on show, and name both', () => {
    expect(anchorBands('recall', anchors, WHOLE_VIEW)).toEqual([
      { anchor: 'ceiling', low: 0.8, high: 0.9 },
      { anchor: 'floor', low: 0.1, high: 0.2 },
    ]);
    const { annotations, shapes } = evidenceFigure('recall', series, options).layout;
    expect(annotations?.map(({ text }) => text)).toEqual(['real', 'untranslated']);
    expect(shapes).toHaveLength(2);
    expect(anchorBands('recall', null, WHOLE_VIEW)).toEqual([]);
  });

  it('show what the Z-ratio of real classes comes to, where that is known', () => {
    expect(anchorBands('condition', anchors, WHOLE_VIEW)).toEqual([]);
    const known = { ...anchors, condition: 0.4 };
    expect(anchorBands('condition', known, WHOLE_VIEW)).toEqual([{ anchor: 'ceiling', low: 0.4, high: 0.4 }]);
    expect(anchorBands('cycle', known, WHOLE_VIEW)).toEqual([]);
  });

  it('keep every value and anchor on a linear ordinate, and shares between 0 and 1', () => {
    const range = (cell: 'density' | 'recall' | 'mmd', moments: readonly Evidence[]) =>
      evidenceFigure(cell, { moments, final: null }, options).layout.yaxis?.range as [number, number];
    expect(range('density', [evidence(1, 66)])[1]).toBeGreaterThan(66);
    expect(range('density', [evidence(1, 0.1)])[1]).toBeGreaterThan(0.9);
    expect(range('recall', [evidence(1, 0.1)])[1]).toBeGreaterThan(1);
    expect(range('mmd', [evidence(1, -0.5)])[0]).toBeLessThan(-0.5);
  });

  it('put the samples kept at the end beside the curve, at the step of their networks', () => {
    const figure = evidenceFigure('recall', { ...series, final: evidence(10, 0.9) }, options);
    const kept = traces(figure).find(({ uid }) => uid === 'A/recall-final');
    expect(kept).toMatchObject({ x: [10], y: [0.9] });
    expect(figure.layout.xaxis?.range).toEqual([10, 20]);
  });

  it('draw gradients on a log axis, of the terms that the method has and no other', () => {
    const moments = [evidence(1, 1, { cycle: 0.01, identity: 10, adversarialS: 1 })];
    const figure = evidenceFigure('gradientsG', { moments, final: null }, options);
    expect(Object.keys(drawn(figure)).filter((uid) => !uid.endsWith('-final'))).toEqual([
      'gradient/identity',
      'gradient/cycle',
    ]);
    expect(figure.layout.yaxis?.type).toBe('log');
    expect(evidenceLines('gradientsD', WHOLE_VIEW, moments)).toHaveLength(1);
    expect(evidenceLines('gradientsD', WHOLE_VIEW, [])).toEqual([]);
  });

  it('tell a highlighted curve from the others', () => {
    const figure = evidenceFigure('recall', series, { ...options, highlighted: 'B/recall' });
    const width = (uid: string) => traces(figure).find((trace) => trace.uid === uid)!.line!.width;
    expect(width('B/recall')).toBeGreaterThan(width('A/recall'));
  });

  it('keep their size and zoom whatever the data', () => {
    const empty = evidenceFigure('cycle', { moments: [], final: null }, options);
    expect(empty.layout.height).toBe(EVIDENCE_HEIGHT);
    expect(empty.layout.uirevision).toBe(evidenceFigure('cycle', series, options).layout.uirevision);
    const compact = evidenceFigure('cycle', series, { ...options, compact: true });
    expect(compact.layout.height).toBe(COMPACT_EVIDENCE_HEIGHT);
    expect(evidenceRange({ moments: [evidence(3, 1)], final: null })).toBeNull();
  });
});

describe('a figure by its name', () => {
  it('is found in a chart that draws it, whatever the chart', () => {
    for (const cell of EVIDENCE_CELLS) {
      const everything = [evidence(1, 1, { cycle: 1, adversarialS: 1 })];
      for (const { curve } of evidenceLines(cell, { type: 'B', classIndex: 2 }, everything)) {
        const place = placeOfCurve(curve);
        expect(place?.cell).toBe(cell);
        const shown = evidenceLines(cell, place?.view ?? WHOLE_VIEW, everything);
        expect(shown.map((line) => line.curve)).toContain(curve);
      }
    }
  });

  it('is not looked for among the losses', () => {
    expect(placeOfCurve('loss/cycle')).toBeNull();
    expect(curveValue(series.moments[0], 'condition')).toBe(0.5);
  });
});

describe('marks', () => {
  const marks = [
    { step: 12, kind: 'change', text: 'λ₃ 1 → 0' },
    { step: 18, kind: 'divergence', text: 'diverged' },
  ] as const;

  it('stand in charts of losses and of evidence alike, with words where there is room', () => {
    const losses = { steps: [1, 30], terms: { cycle: [1, 2] } };
    const figures = [
      evidenceFigure('cycle', series, { ...options, marks, shownStep: 20 }),
      lossFigure('cycle', losses, { theme: 'light', marks, shownStep: 20 }),
    ];
    for (const { layout } of figures) {
      expect(layout.shapes?.map(({ x0 }) => x0)).toEqual([12, 18, 20]);
      expect(layout.annotations?.map(({ text }) => text)).toEqual(['λ₃ 1 → 0', 'diverged']);
    }
    const small = evidenceFigure('cycle', series, { ...options, marks, compact: true });
    expect(small.layout.shapes).toHaveLength(2);
    expect(small.layout.annotations).toEqual([]);
  });

  it('do not widen the stretch of steps that is shown', () => {
    const losses = { steps: [1, 30], terms: { cycle: [1, 2] } };
    const figure = lossFigure('cycle', losses, { theme: 'light', marks: [{ ...marks[0], step: 31 }] });
    expect(figure.layout.xaxis?.range).toEqual([1, 30]);
  });
});
