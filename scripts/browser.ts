/**
 * Where a Chromium stands on this machine, and how the browser tests start it. Looks in this order:
 * `CHROME_PATH`, the one Playwright has installed, the system's own. Installs nothing and starts nothing.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type LaunchOptions } from '@playwright/test';

/** Command names of Chromium and its relatives on a search path. */
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

/** Places outside the search path where a browser is usually installed. */
function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((root) => (root ? programs.map((program) => join(root, program)) : []));
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/**
 * Path of the browser to test with, or null where none is found.
 * @throws where `CHROME_PATH` is set and nothing stands there: a wrong wish must not be passed over.
 */
export function findBrowser(): string | null {
  const wished = process.env.CHROME_PATH;
  if (wished) {
    if (existsSync(wished)) return wished;
    throw new Error(`CHROME_PATH is "${wished}", but there is no file. Correct it or unset it.`);
  }
  return [chromium.executablePath(), ...usualPlaces()].find((path) => existsSync(path)) ?? null;
}

/**
 * SwiftShader, Chromium's software driver, compiles Vulkan's own clearing of workgroup memory word by word, seconds a
 * kernel; without it, Dawn clears by a loop in the shader.
 */
const QUICK_COMPILATION = '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension';

/**
 * How to start it: headless, silent towards the network, and with WebGPU on machines without a GPU too,
 * where it is computed in software; or without WebGPU, as on a machine that has none.
 */
export function launchOptions({ webgpu }: { readonly webgpu: boolean }): LaunchOptions {
  return {
    executablePath: findBrowser() ?? undefined,
    args: [
      '--no-sandbox',
      ...(webgpu ? ['--enable-unsafe-webgpu', QUICK_COMPILATION] : []),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
