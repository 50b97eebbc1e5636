/** How the browser is started for tests that compile many kernels. Knows no test. */
import { launchOptions } from '../../scripts/browser.ts';

/**
 * SwiftShader, Chromium's software driver, compiles Vulkan's own clearing of workgroup memory word by word, seconds a
 * kernel; without it, Dawn clears by a loop in the shader.
 */
const QUICK_COMPILATION = '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension';

export function kernelLaunchOptions() {
  const { args = [], ...options } = launchOptions({ webgpu: true });
  return { ...options, args: [...args, QUICK_COMPILATION] };
}
