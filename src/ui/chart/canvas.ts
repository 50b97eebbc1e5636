/** Off-screen canvases of the page. */

/** A square canvas of `side` pixels that is not on the page. */
export function createCanvas(side: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  return canvas;
}
