import { afterEach, expect, it, vi } from 'vitest';
import { provideWebgpu } from './webgpu.ts';

const dawn = (adapter: object | null) => ({
  create: () => ({ requestAdapter: async () => adapter }),
  globals: { GPUMapMode: { READ: 1 } },
});

const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');

afterEach(() => {
  vi.doUnmock('webgpu');
  vi.resetModules();
  if (before) Object.defineProperty(globalThis, 'navigator', before);
  else Reflect.deleteProperty(globalThis, 'navigator');
  if (globalThis.navigator) Reflect.deleteProperty(globalThis.navigator, 'gpu');
  Reflect.deleteProperty(globalThis, 'GPUMapMode');
});

it('puts WebGPU and its constants where browsers have them, once', async () => {
  vi.doMock('webgpu', () => dawn({}));
  await provideWebgpu();
  const { gpu } = navigator;
  expect(await gpu.requestAdapter()).not.toBeNull();
  expect(GPUMapMode.READ).toBe(1);
  await provideWebgpu();
  expect(navigator.gpu).toBe(gpu);
});

it('says what to install or to set where no adapter answers', async () => {
  vi.doMock('webgpu', () => dawn(null));
  await expect(provideWebgpu()).rejects.toThrow(/libvulkan1.*VK_DRIVER_FILES/);
  expect((globalThis as { navigator?: Navigator }).navigator?.gpu).toBeUndefined();
});

it('says what to install where the package is absent', async () => {
  vi.doMock('webgpu', () => {
    throw new Error('Cannot find package');
  });
  await expect(provideWebgpu()).rejects.toThrow(/^[^\n]*"webgpu" is not installed[^\n]*$/);
});
