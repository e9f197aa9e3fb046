/** The part of JSON Schema (draft-07) that card profiles are described with. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  /** `#/definitions/NAME`. */
  readonly $ref?: string;
  readonly anyOf?: readonly JsonSchema[];
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What is wrong with `value` by `schema`, as `/path: why`; undefined when nothing is. `root` holds the definitions. */
export function schemaTrouble(schema: JsonSchema, value: unknown, root = schema, path = ''): string | undefined {
  const named = schema.$ref && root.definitions?.[schema.$ref.slice('#/definitions/'.length)];
  if (named) return schemaTrouble(named, value, root, path);
  if (schema.anyOf) {
    const troubles = schema.anyOf.map((choice) => schemaTrouble(choice, value, root, path));
    return troubles.includes(undefined) ? undefined : troubles.at(-1);
  }
  const type = typeOf(value);
  if (schema.type && type !== schema.type) return `${path}: not ${schema.type}`;
  if (schema.enum && !schema.enum.includes(value as string)) return `${path}: not one of ${schema.enum.join(', ')}`;
  if (type === 'string') return textTrouble(schema, value as string, path);
  if (type === 'integer') return numberTrouble(schema, value as number, path);
  if (type === 'array') return listTrouble(schema, value as readonly unknown[], root, path);
  if (type === 'object') return objectTrouble(schema, value as Readonly<Record<string, unknown>>, root, path);
  return undefined;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function textTrouble({ pattern }: JsonSchema, text: string, path: string): string | undefined {
  return pattern && !new RegExp(pattern, 'u').test(text) ? `${path}: does not match ${pattern}` : undefined;
}

function numberTrouble({ minimum, maximum }: JsonSchema, number: number, path: string): string | undefined {
  const inside = number >= (minimum ?? number) && number <= (maximum ?? number);
  return inside ? undefined : `${path}: not between ${minimum} and ${maximum}`;
}

type Trouble = string | undefined;

function listTrouble(schema: JsonSchema, list: readonly unknown[], root: JsonSchema, path: string): Trouble {
  const { items, minItems = 0, maxItems = list.length } = schema;
  if (list.length < minItems || list.length > maxItems) return `${path}: not ${minItems} to ${maxItems} items`;
  return items && first(list.map((item, at) => () => schemaTrouble(items, item, root, `${path}/${at}`)));
}

function objectTrouble(
  schema: JsonSchema,
  object: Readonly<Record<string, unknown>>,
  root: JsonSchema,
  path: string,
): Trouble {
  const { properties = {}, required = [] } = schema;
  const missing = required.filter((name) => !Object.hasOwn(object, name));
  if (missing.length > 0) return `${missing.map((name) => `${path}/${name}`).join(', ')}: missing`;
  return first(
    Object.keys(object).map((name) => () => {
      const described = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (described) return schemaTrouble(described, object[name], root, `${path}/${name}`);
      return schema.additionalProperties === false ? `${path}/${name}: unknown` : undefined;
    }),
  );
}

function first(checks: readonly (() => Trouble)[]): Trouble {
  for (const check of checks) {
    const trouble = check();
    if (trouble) return trouble;
  }
  return undefined;
}
