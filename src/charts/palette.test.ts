import { describe, expect, it } from 'vitest';
import { chartTheme, contrast, GROUPS, groupStyles, inkOn, PALETTES } from './palette.ts';

const THEMES = ['light', 'dark'] as const;

describe('contrast', () => {
  it('is 21 between black and white, and 1 between equals', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6);
    expect(contrast('#123456', '#123456')).toBe(1);
    // WCAG's own worked value for #777777 on white.
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('chooses the ink that reads better', () => {
    expect(inkOn('#ffffff')).not.toBe('#ffffff');
    expect(inkOn('#0b3d7d')).toBe('#ffffff');
  });
});

describe.each(THEMES)('the %s theme', (name) => {
  const theme = chartTheme(name);

  it('has text and lines that stand out from its ground', () => {
    expect(contrast(theme.text, theme.surface)).toBeGreaterThan(7);
    expect(contrast(theme.muted, theme.surface)).toBeGreaterThan(4.5);
    for (const line of theme.lines) expect(contrast(line, theme.surface)).toBeGreaterThan(4.5);
  });

  it.each(PALETTES)('draws every group of the %s palette with 3:1 against its ground', (palette) => {
    const styles = groupStyles(palette, name);
    for (const group of GROUPS) {
      const { colour, outline } = styles[group];
      expect(contrast(outline ?? colour, theme.surface), group).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(GROUPS.map((group) => styles[group].colour)).size).toBe(GROUPS.length);
  });

  it('gives each group its own shape in the colour-blind palette', () => {
    const styles = groupStyles('colour-blind', name);
    expect(new Set(GROUPS.map((group) => styles[group].symbol)).size).toBe(GROUPS.length);
  });

  it('orders the classes by depth, with figures that can be read on them', () => {
    const [low, mid, high] = theme.classes.map((colour) => contrast(colour, theme.surface));
    expect(low).toBeLessThan(mid);
    expect(mid).toBeLessThan(high);
    for (const colour of theme.classes) expect(contrast(inkOn(colour), colour)).toBeGreaterThan(4.5);
  });
});
