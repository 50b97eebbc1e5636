import { describe, expect, it } from 'vitest';
import type { SampleEvidence } from '../diagnosis/evidence.ts';
import { SET_METRICS, type SetMetrics } from '../diagnosis/evidence.ts';
import type { RunEvent } from './events.ts';
import { EvidenceLog, settingsAfter } from './evidenceLog.ts';
import { EVIDENCE_TABLE_HEADER, evidenceTableLines } from './evidenceTable.ts';
import { PRESETS } from './presets.ts';

const metrics = (value: number) =>
  Object.fromEntries(SET_METRICS.map((metric) => [metric, value])) as unknown as SetMetrics;
const sampleEvidence = (step: number): SampleEvidence => ({
  step,
  sets: { B: { all: metrics(step), classes: [metrics(0.5), null, null] } },
  condition: null,
  ms: 1,
});
const losses = (steps: readonly number[], values: readonly number[]): RunEvent => ({
  type: 'losses',
  phase: 'gan',
  terms: ['cycle', 'identity'],
  steps,
  values: Float32Array.from(values),
});
const slower = { kind: 'set', set: { lambdaCycle: 1 } } as const;

/** A log of ten steps with moments after 5 and 10, something asked at each, and a divergence between. */
function tenSteps(): EvidenceLog {
  const log = new EvidenceLog();
  const events: RunEvent[] = [
    { type: 'phase', phase: 'gan', steps: 10 },
    losses([1, 2, 3, 4], [1, 0, 2, 0, 3, 0, 4, 0]),
    { type: 'changed', change: { after: 5, request: slower } },
    // Told after the moment that they belong to.
    losses([5, 6, 7, 8, 9, 10], [5, 0, 6, 1, 7, 1, 8, 1, 9, 1, 10, 1]),
    { type: 'losses', phase: 'recognisers', terms: ['crossEntropy'], steps: [1], values: Float32Array.of(9) },
    { type: 'diverged', step: 7, term: 'cycle', value: Number.NaN, restored: 5 },
    { type: 'step', phase: 'gan', step: 10, steps: 30, epoch: 1, epochs: 1 },
    { type: 'changed', change: { after: 10, request: { kind: 'finish' } } },
  ];
  for (const event of events) log.note(event);
  return log;
}

describe('what is kept of a run', () => {
  it('belongs to the moment that follows it', () => {
    const [first, second] = tenSteps().evidence([sampleEvidence(5), sampleEvidence(10)]);
    expect(first).toMatchObject({ losses: { cycle: 3, identity: 0 }, changes: [], diverged: null });
    expect(second.losses).toEqual({ cycle: 8, identity: 1 });
    expect(second.changes).toEqual([{ after: 5, request: slower }]);
    expect(second.diverged).toMatchObject({ step: 7, restored: 5 });
  });

  it('knows how many steps are planned now, and the settings in force', () => {
    const log = tenSteps();
    expect(log.planned).toBe(30);
    const { settings } = PRESETS.quick;
    expect(settingsAfter(settings, log.changes).gan.lambdaCycle).toBe(1);
    expect(settingsAfter(settings, log.changes, 4)).toBe(settings);
  });

  it('is a table of the figures that were measured, beside those of real rows', () => {
    const [evidence] = tenSteps().evidence([sampleEvidence(5)]);
    const anchor = (value: number) => ({ all: metrics(value), classes: [null, null, null] });
    const anchors = { floor: anchor(0.1), ceiling: anchor(0.9) };
    const lines = evidenceTableLines(evidence, { A: anchors, B: anchors, C: anchors }).split('\n');
    expect(EVIDENCE_TABLE_HEADER).toBe('step,figure,value,floor,ceiling\n');
    expect(lines).toContain('5,B/recall,5,0.1,0.9');
    expect(lines).toContain('5,B/recall/0,0.5,,');
    expect(lines).toContain('5,loss/cycle,3,,');
    expect(lines.filter((line) => line.startsWith('5,A/') || line.startsWith('5,B/recall/1'))).toEqual([]);
  });
});
