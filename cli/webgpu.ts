/**
 * WebGPU for Node: Dawn, from the optional npm package `webgpu`, put where browsers have theirs. Knows no network;
 * what computes finds `navigator.gpu` as it would on a page.
 */

const NO_PACKAGE =
  'backend webgpu: Node has no WebGPU of its own, and the optional package "webgpu" is not installed for this ' +
  'platform; "npm install" without --omit=optional adds it';

const NO_ADAPTER =
  'backend webgpu: no graphics adapter answered; install the Vulkan loader (Debian: libvulkan1) and the driver of ' +
  "your graphics card, or name a driver's ICD file in VK_DRIVER_FILES, such as a Chromium's " +
  'vk_swiftshader_icd.json, which computes in software';

/**
 * SwiftShader, Chromium's software driver, compiles Vulkan's own clearing of workgroup memory word by word, seconds a
 * kernel; without it, Dawn clears by a loop in the shader.
 */
const OPTIONS = ['disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension'];

/**
 * Offers `navigator.gpu` and WebGPU's constants in this process, where they are missing; call before the backend
 * is selected.
 * @throws one line naming what to install or to set, where there is no package or no adapter.
 */
export async function provideWebgpu(): Promise<void> {
  if ((globalThis as { navigator?: Navigator }).navigator?.gpu) return;
  const dawn = await import('webgpu').catch(() => {
    throw new Error(NO_PACKAGE);
  });
  const gpu = dawn.create(OPTIONS);
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (!adapter) throw new Error(NO_ADAPTER);
  Object.assign(globalThis, dawn.globals);
  // Node before version 21 has no navigator at all.
  if (!globalThis.navigator)
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
}
