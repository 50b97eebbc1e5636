/** The ports at which the browser tests serve their two pages. */
export const STUDIO_PORT = 4517;
export const GOLDEN_PORT = 4518;
