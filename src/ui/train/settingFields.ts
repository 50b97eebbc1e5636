/**
 * The settings as a list of fields, read off the schema: title, sentence, kind and bounds stand there and
 * nowhere else. Knows no component.
 */
import * as v from 'valibot';
import { type Settings, SettingsSchema } from '../../experiment/config.ts';
import type { SettingValue } from '../../store/setup.ts';

export type FieldKind =
  | { readonly type: 'choice'; readonly options: readonly string[] }
  | { readonly type: 'toggle' }
  | { readonly type: 'number'; readonly min?: number; readonly max?: number; readonly integer: boolean }
  | { readonly type: 'widths' };

export interface SettingField {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: FieldKind;
}

export interface SettingGroup {
  readonly name: keyof Settings;
  readonly title: string;
  readonly description: string;
  readonly fields: readonly SettingField[];
}

/** What is read of a schema: valibot's own types are too exact for a walk over all of them. */
interface SchemaNode extends v.GenericSchema {
  readonly options?: readonly string[];
  readonly entries?: Readonly<Record<string, SchemaNode>>;
  /** What may be missing in a saved configuration, as it is where it is there. */
  readonly wrapped?: SchemaNode;
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
}

function bound(schema: SchemaNode, type: 'min_value' | 'max_value'): number | undefined {
  const requirement = schema.pipe?.find((action) => action.type === type)?.requirement;
  return typeof requirement === 'number' ? requirement : undefined;
}

function kindOf(schema: SchemaNode): FieldKind {
  switch (schema.type) {
    case 'picklist':
      return { type: 'choice', options: schema.options ?? [] };
    case 'boolean':
      return { type: 'toggle' };
    case 'array':
      return { type: 'widths' };
    case 'number': {
      const integer = schema.pipe?.some((action) => action.type === 'integer') ?? false;
      return { type: 'number', min: bound(schema, 'min_value'), max: bound(schema, 'max_value'), integer };
    }
    default:
      throw new Error(`A setting of type ${schema.type} has no field.`);
  }
}

/** The schema itself of what may be missing in a saved configuration. */
const unwrapped = (node: SchemaNode): SchemaNode => node.wrapped ?? node;

function fieldOf([name, node]: [string, SchemaNode]): SettingField {
  const schema = unwrapped(node);
  return {
    name,
    title: v.getTitle(schema) ?? name,
    description: v.getDescription(schema) ?? '',
    kind: kindOf(schema),
  };
}

/** All settings, grouped as the schema groups them. */
export const SETTING_GROUPS: readonly SettingGroup[] = Object.entries<SchemaNode>(SettingsSchema.entries).map(
  ([name, node]) => {
    const schema = unwrapped(node);
    return {
      name: name as keyof Settings,
      title: v.getTitle(schema) ?? name,
      description: v.getDescription(schema) ?? '',
      fields: Object.entries(schema.entries ?? {}).map(fieldOf),
    };
  },
);

/** One setting's value. */
export const settingValue = (settings: Settings, group: keyof Settings, name: string): SettingValue =>
  (settings[group] as Readonly<Record<string, SettingValue>>)[name];

/** Whether two values of a setting are the same. */
export const sameSetting = (a: SettingValue, b: SettingValue): boolean => `${a}` === `${b}`;

/** How many settings differ between two configurations. */
export const countChanges = (settings: Settings, preset: Settings): number =>
  SETTING_GROUPS.reduce(
    (sum, { name, fields }) =>
      sum +
      fields.filter(
        (field) =>
          !sameSetting(settingValue(settings, name, field.name), settingValue(preset, name, field.name)),
      ).length,
    0,
  );

/** A value as it stands in a text field. */
export const settingText = (value: SettingValue): string =>
  Array.isArray(value) ? value.join(', ') : String(value);

/** What a text in a field means; a text that is no number gives `NaN`, which the schema then refuses. */
export function parseSetting(kind: FieldKind, text: string): SettingValue {
  const number = (part: string) => (part.trim() === '' ? Number.NaN : Number(part));
  switch (kind.type) {
    case 'number':
      return number(text);
    case 'widths':
      return text
        .split(/[,;\s]+/)
        .filter(Boolean)
        .map(number);
    case 'choice':
      return text;
    case 'toggle':
      return text === 'true';
  }
}
