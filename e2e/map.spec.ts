/** The map as WebGL draws it, on this machine emulated, which the page would not choose by itself; and without it. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { Watch } from './studio.ts';

/** Has an emulated WebGL pass for one of a graphics processor, and notes what the map is drawn by. */
const passForReal = (page: Page) =>
  page.addInitScript(() => {
    const getContext = HTMLCanvasElement.prototype.getContext as (
      kind: string,
      options: Record<string, unknown>,
    ) => RenderingContext | null;
    const noted = function (this: HTMLCanvasElement, kind: string, options?: Record<string, unknown>) {
      const context = getContext.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false });
      if (context) this.dataset.drawnBy = kind;
      return context;
    };
    HTMLCanvasElement.prototype.getContext = noted as typeof HTMLCanvasElement.prototype.getContext;
    const { getParameter } = WebGL2RenderingContext.prototype;
    // UNMASKED_RENDERER_WEBGL of the extension WEBGL_debug_renderer_info.
    const rendererName = 0x9246;
    WebGL2RenderingContext.prototype.getParameter = function (this: WebGL2RenderingContext, name: number) {
      return name === rendererName ? 'A graphics processor' : getParameter.call(this, name);
    };
  });

/** How many colours a picture of the map has: one where it is blank. */
async function colours(map: Locator): Promise<number> {
  const bytes = await map.screenshot();
  return map.page().evaluate(async (encoded) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${encoded}`)).blob());
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    if (!context) return 0;
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    return new Set(new Uint32Array(data.buffer)).size;
  }, bytes.toString('base64'));
}

test('WebGL draws the map, and a canvas takes over where its context is lost', async ({ page }) => {
  await passForReal(page);
  const watch = new Watch(page);
  await watch.studio.open();
  await watch.open('recording', 'A healthy run');
  const canvas = watch.studio.projection.locator('canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  await expect(canvas).toHaveAttribute('data-drawn-by', 'webgl2');
  await expect.poll(() => colours(canvas)).toBeGreaterThan(20);

  await canvas.evaluate((element: HTMLCanvasElement) => {
    element.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await expect(watch.studio.projection.locator('canvas').first()).toHaveAttribute('data-drawn-by', '2d');
  await expect.poll(() => colours(watch.studio.projection.locator('canvas').first())).toBeGreaterThan(20);
});

test('an emulated WebGL is left alone', async ({ page }) => {
  const watch = new Watch(page);
  await watch.studio.open();
  await watch.open('recording', 'A healthy run');
  const canvas = watch.studio.projection.locator('canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  await expect.poll(() => colours(canvas)).toBeGreaterThan(20);
  const plain = await canvas.evaluate((element: HTMLCanvasElement) => element.getContext('2d') !== null);
  expect(plain).toBe(true);
});
