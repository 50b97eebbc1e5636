import { describe, expect, it } from 'vitest';
import { INITIAL_VIEW, recallView } from './view.ts';

const storage = (text: string | null) => () => ({ getItem: () => text, setItem: () => undefined });

describe('recallView', () => {
  it('takes up what was kept', () => {
    expect(recallView(storage('{"theme":"dark"}'))).toEqual({ ...INITIAL_VIEW, theme: 'dark' });
  });

  it.each([null, '{', '{"theme":"pink"}', '[]'])('falls back to the defaults for %s', (text) => {
    expect(recallView(storage(text))).toEqual(INITIAL_VIEW);
  });

  it('survives a browser that forbids storage', () => {
    const forbidden = () => {
      throw new Error('denied');
    };
    expect(recallView(forbidden)).toEqual(INITIAL_VIEW);
  });
});
