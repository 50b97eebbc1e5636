/**
 * The studio as a test sees it: the names that assistive technology relies on, and nothing of how the page
 * is built. Collects what the page complains of, so that every test can ask for silence.
 */
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

/** Content made by a test, as a file. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** A file to be dropped: a path, or content made by the test. */
export type TestFile = string | TextFile | { readonly name: string; readonly text: Buffer };

const payloadOf = ({ name, text }: Exclude<TestFile, string>) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.isBuffer(text) ? text : Buffer.from(text),
});

export const SAMPLE_SETS = ['source-only', 'A', 'B', 'C', 'OA', 'OB', 'OC'] as const;

export class Studio {
  readonly source: Locator;
  readonly target: Locator;
  readonly preset: Locator;
  readonly backend: Locator;
  readonly start: Locator;
  readonly pause: Locator;
  readonly resume: Locator;
  readonly step: Locator;
  readonly stop: Locator;
  readonly status: Locator;
  readonly alert: Locator;
  readonly losses: Locator;
  readonly projection: Locator;
  readonly table: Locator;
  /** Errors of the console and of scripts, and requests that failed. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.source = page.getByLabel('Source corpus', { exact: true });
    this.target = page.getByLabel('Target corpus', { exact: true });
    this.preset = page.getByRole('combobox', { name: 'Preset', exact: true });
    this.backend = page.getByRole('combobox', { name: 'Backend', exact: true });
    this.start = button('Start training');
    this.pause = button('Pause');
    this.resume = button('Resume');
    this.step = button('Step');
    this.stop = button('Stop');
    this.status = page.getByRole('region', { name: 'Train', exact: true }).getByRole('status');
    this.alert = page.getByRole('alert');
    this.losses = page.getByRole('region', { name: 'Losses', exact: true });
    this.projection = page.getByRole('region', { name: 'Projection', exact: true });
    this.table = page.getByRole('table', { name: 'Recognition on the target (UAR)' });
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
  }

  /** The way to one of the pages, in the header. */
  async goTo(page: 'Studio' | 'Data' | 'Lessons' | 'Compare'): Promise<void> {
    const link = this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: page });
    await link.click();
    await expect(link).toHaveAttribute('aria-current', 'page');
  }

  /** Opens the page and waits until its demo corpora can be trained on. */
  async open(): Promise<void> {
    await this.page.goto('./');
    await expect(this.start).toBeEnabled({ timeout: 30_000 });
  }

  async give(input: Locator, file: TestFile): Promise<void> {
    await input.setInputFiles(typeof file === 'string' ? file : payloadOf(file));
  }

  async chooseTask(name: 'Activation' | 'Valence'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Task' }).getByRole('radio', { name }).check();
  }

  /** Changes settings in the dialog, each by its group and title. */
  async change(settings: readonly (readonly [group: string, title: string, value: number])[]): Promise<void> {
    await this.page.getByRole('button', { name: 'Settings' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Settings' });
    for (const [group, title, value] of settings) {
      const heading = this.page.getByRole('heading', { name: group, exact: true });
      await dialog
        .locator('section')
        .filter({ has: heading })
        .getByLabel(title, { exact: true })
        .fill(`${value}`);
    }
    await this.page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }

  /** Settings of a run that passes all phases in a fraction of the quick preset's time, and learns little. */
  async shorten(): Promise<void> {
    await this.change([
      ['Emotion classifier', 'Epochs, activation', 2],
      ['Generator pre-training', 'At most, steps', 20],
      ['GAN', 'At most, steps', 60],
      ['Recognisers', 'Seeds', 2],
      ['Recognisers', 'At most, steps', 30],
    ]);
  }

  /** The step that the status states, or null where it states none. */
  async currentStep(): Promise<number | null> {
    const match = /step ([\d,\s]+)/i.exec((await this.status.textContent()) ?? '');
    return match ? Number(match[1].replace(/\D/g, '')) : null;
  }

  row(set: (typeof SAMPLE_SETS)[number]): Locator {
    const header = this.page.getByRole('rowheader', { name: set, exact: true });
    return this.table.getByRole('row').filter({ has: header });
  }

  /** Waits for the end of the run. */
  async done(timeout: number): Promise<void> {
    await expect(this.status).toContainText('Done', { timeout });
  }

  expectNoComplaints(): void {
    expect(this.complaints).toEqual([]);
  }
}

/** The page that looks at the data, by the same rules. */
export class DataPage {
  readonly studio: Studio;
  readonly alert: Locator;

  constructor(readonly page: Page) {
    this.studio = new Studio(page);
    this.alert = page.getByRole('alert');
  }

  /** Opens the page on small demo corpora. */
  async open(): Promise<void> {
    await this.page.goto('./?demo=60,50,12#data');
    await expect(this.column('Target').getByText('Simulated demo corpus')).toBeVisible({
      timeout: 30_000,
    });
  }

  /** One of the two places, with what is said of what was read there. */
  column(place: 'Source' | 'Target'): Locator {
    return this.page.getByRole('group', { name: `${place}: files`, exact: true });
  }

  /** Gives files to a place, as one choice. */
  async give(place: 'Source' | 'Target', ...files: readonly Exclude<TestFile, string>[]): Promise<void> {
    const input = this.page.getByRole('main').getByLabel(`${place} corpus`, { exact: true });
    await input.setInputFiles(files.map(payloadOf));
  }

  /** Gives a folder with all that is in it. */
  async giveFolder(place: 'Source' | 'Target', path: string): Promise<void> {
    await this.page.getByRole('main').getByLabel(`${place} corpus: a folder`).setInputFiles(path);
  }

  /** Drops files and folders onto a place, as from a window of the system. */
  async drop(place: 'Source' | 'Target', ...paths: readonly string[]): Promise<void> {
    const box = await this.column(place).boundingBox();
    if (!box) throw new Error(`The place of the ${place} is not on the page.`);
    const channel = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [...paths], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const at = { x: box.x + box.width / 2, y: box.y + 40 };
      await channel.send('Input.dispatchDragEvent', { type, ...at, data });
    }
    await channel.detach();
  }

  /** Saves something, named as on its button, and gives the way to the file. */
  async save(what: string, format: 'CSV' | 'ARFF' | 'Parquet', folder: string): Promise<string> {
    const saving = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: `Save ${what} as ${format}`, exact: true }).click();
    const download = await saving;
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** What is wrong in one corpus, and what can be done about it. */
  quality(place: 'source' | 'target'): Locator {
    return this.page.getByRole('region', { name: `Quality of the ${place}` });
  }
}

/** What is watched while a GAN trains, by the same rules: the timeline, the findings, the lessons. */
export class Watch {
  readonly studio: Studio;
  /** The scrubber; its value text says which moment is on show and how many findings it has. */
  readonly moment: Locator;
  readonly findings: Locator;
  readonly timeline: Locator;
  readonly back: Locator;

  constructor(readonly page: Page) {
    this.studio = new Studio(page);
    this.moment = page.getByRole('slider', { name: 'Moment on show', exact: true });
    this.findings = page.getByRole('region', { name: 'Findings', exact: true });
    this.timeline = page.getByRole('region', { name: 'Timeline', exact: true });
    this.back = page.getByRole('button', { name: 'Back to my work', exact: true });
  }

  /** Opens something of the page of lessons, by its title. */
  async open(what: 'recording' | 'lesson', title: string): Promise<void> {
    await this.studio.goTo('Lessons');
    const action = what === 'recording' ? 'Open' : 'Open the lesson';
    await this.page.getByRole('button', { name: `${action}: ${title}`, exact: true }).click();
    await expect(this.back).toBeVisible({ timeout: 30_000 });
  }

  /** Who leads through a lesson. */
  coach(title: string): Locator {
    return this.page.getByRole('complementary', { name: `Lesson: ${title}` });
  }

  /** A finding by the words its title has. */
  finding(title: string | RegExp): Locator {
    return this.findings.getByRole('article', { name: title });
  }

  /** Waits until the moment on show is this one. */
  async shows(text: RegExp): Promise<void> {
    await expect(this.moment).toHaveAttribute('aria-valuetext', text);
  }
}

/** The page that compares methods, by the same rules. */
export class ComparePage {
  readonly studio: Studio;
  readonly seeds: Locator;
  readonly start: Locator;
  readonly goOn: Locator;
  readonly stop: Locator;
  readonly status: Locator;

  constructor(readonly page: Page) {
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    this.studio = new Studio(page);
    this.seeds = page.getByRole('spinbutton', { name: 'Seeds', exact: true });
    this.start = button('Start comparing');
    this.goOn = button('Go on comparing');
    this.stop = button('Stop');
    this.status = page.getByRole('status');
  }

  /** Opens the page on small demo corpora, with some methods and seeds chosen. */
  async open(methods: readonly string[], seeds: number): Promise<void> {
    await this.page.goto('./?demo=60,50,12#compare');
    await this.page.getByRole('button', { name: 'Choose no methods' }).click();
    for (const method of methods) await this.method(method).check();
    await this.seeds.fill(`${seeds}`);
    await expect(this.start).toBeEnabled({ timeout: 30_000 });
  }

  method(title: string): Locator {
    return this.page.getByRole('checkbox', { name: title, exact: true });
  }

  table(number: number): Locator {
    return this.page.getByRole('table', { name: `Table ${number}.` });
  }

  row(table: number, name: string): Locator {
    const header = this.page.getByRole('rowheader', { name, exact: true });
    return this.table(table).getByRole('row').filter({ has: header });
  }

  async done(timeout: number): Promise<void> {
    await expect(this.status).toContainText('Done', { timeout });
  }
}
