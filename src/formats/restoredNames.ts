/**
 * openSMILE's names of features, where another program put other signs for its brackets, dashes and points: R (make.names)
 * points, MATLAB (matlab.lang.makeValidName), Arrow and databases underscores. Knows how openSMILE puts names together,
 * not which sets there are; a name that is no such name stays as it is.
 */

/** A sign put for another: a point, an underscore, or several of them that became one. */
const PUT = '[._]';

/** Each with what it puts right; none changes a name that openSMILE gave. */
const RULES: readonly (readonly [mangled: RegExp, restored: string])[] = [
  // mfcc_sma[0]_amean: `.0._`, `_0__`, or `_0_` where underscores were run together; mfcc_sma[0] ends in it.
  [new RegExp(`(_sma(?:_de)*)${PUT}(\\d+)(?:${PUT}$|${PUT}_?(?=[A-Za-z]))`), '$1[$2]_'],
  [/(\[\d+\])_$/, '$1'],
  // iqr1-2, pctlrange0-1, percentile99.0: functionals end the name.
  [new RegExp(`(_iqr[1-3])${PUT}([1-3])$`), '$1-$2'],
  [new RegExp(`(_pctlrange\\d+)${PUT}(\\d+)$`), '$1-$2'],
  [/(_percentile\d+)_(\d+)$/, '$1.$2'],
  // eGeMAPS: F0semitoneFrom27.5Hz, logRelF0-H1-A3, slopeUV500-1500.
  [/(semitoneFrom\d+)_(\d+Hz)/, '$1.$2'],
  [new RegExp(`(logRelF0)${PUT}(H\\d)${PUT}([HA]\\d)`), '$1-$2-$3'],
  [new RegExp(`^(slope(?:U?V)?\\d+)${PUT}(\\d+)(?=_sma)`), '$1-$2'],
  // ComParE: pcm_fftMag_fband250-650, pcm_fftMag_spectralRollOff25.0.
  [new RegExp(`(_fband\\d+)${PUT}(\\d+)(?=_)`), '$1-$2'],
  [/(_spectralRollOff\d+)_(\d+)(?=_)/, '$1.$2'],
  // IS10 and emobase2010: F0final__Turn_duration, where underscores were run together.
  [/^(F0final)_(?=Turn_)/, '$1__'],
];

/** The name that openSMILE gave: `mfcc_sma.0._iqr1.2` and `mfcc_sma_0__iqr1_2` are `mfcc_sma[0]_iqr1-2`. */
export const restoredName = (name: string): string =>
  RULES.reduce((restored, [mangled, right]) => restored.replace(mangled, right), name);
