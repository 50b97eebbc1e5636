import { describe, expect, it } from 'vitest';
import { SettingsSchema } from '../../experiment/config.ts';
import { PRESETS } from '../../experiment/presets.ts';
import {
  countChanges,
  parseSetting,
  SETTING_GROUPS,
  sameSetting,
  settingText,
  settingValue,
} from './settingFields.ts';

const { settings } = PRESETS.quick;
const fields = SETTING_GROUPS.flatMap((group) => group.fields.map((field) => ({ group: group.name, field })));

describe('the fields read off the schema', () => {
  it('has every setting of a preset, with a title and a sentence', () => {
    const expected = Object.entries(settings).flatMap(([group, values]) =>
      Object.keys(values).map((name) => `${group}.${name}`),
    );
    expect(fields.map(({ group, field }) => `${group}.${field.name}`).sort()).toEqual(expected.sort());
    for (const { field } of fields) {
      expect(field.title).not.toBe(field.name);
      expect(field.description).toMatch(/\.$/);
    }
  });

  it('reads kinds and bounds', () => {
    const kind = (name: string) => fields.find(({ field }) => field.name === name)?.field.kind;
    expect(kind('batchNorm')).toEqual({ type: 'toggle' });
    expect(kind('adversarial')).toEqual({ type: 'choice', options: ['bce', 'wgan', 'lsgan'] });
    expect(kind('beta1')).toEqual({ type: 'number', min: 0, max: 0.9999, integer: false });
    expect(kind('discriminatorSteps')).toMatchObject({ integer: true, min: 1 });
  });

  it('writes and reads back every value', () => {
    for (const { group, field } of fields) {
      const value = settingValue(settings, group, field.name);
      expect(sameSetting(parseSetting(field.kind, settingText(value)), value)).toBe(true);
    }
  });

  it('gives NaN for what is no number, which the schema refuses', () => {
    expect(parseSetting({ type: 'number', integer: true }, 'abc')).toBeNaN();
    expect(parseSetting({ type: 'widths' }, '128, x')).toEqual([128, Number.NaN]);
    expect(SettingsSchema.entries.gan).toBeDefined();
  });

  it('counts what was changed from a preset', () => {
    expect(countChanges(settings, settings)).toBe(0);
    expect(countChanges({ ...settings, gan: { ...settings.gan, batch: 7, beta1: 0.1 } }, settings)).toBe(2);
  });
});
