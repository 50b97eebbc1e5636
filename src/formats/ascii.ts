/** Bytes of ASCII that the readers look for. */
export const SPACE = 32;
export const PLUS = 43;
export const MINUS = 45;
export const ZERO = 48;
export const LETTER_E = 101;
/** Sets the bit that tells small letters from capitals. */
export const LOWER = 32;
export const LF = 10;
export const CR = 13;
export const QUOTE = 34;
export const APOSTROPHE = 39;
export const BACKSLASH = 92;
export const COMMA = 44;
export const PERCENT = 37;
export const BRACE = 123;
